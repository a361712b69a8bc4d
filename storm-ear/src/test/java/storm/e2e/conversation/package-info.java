/// What people can rely on in a conversation, on every topology.
@NullMarked
package storm.e2e.conversation;

import org.jspecify.annotations.NullMarked;
