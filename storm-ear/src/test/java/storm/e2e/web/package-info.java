/// Plain HTTP and WebSocket without storm-client: for input that a good client never sends, and for promises of the
/// server that a good client would make up for.
@NullMarked
package storm.e2e.web;

import org.jspecify.annotations.NullMarked;
