/// The terminal chat, `./storm chat`: the smallest thing that shows Storm at work.
@NullMarked
package storm.client.chat;

import org.jspecify.annotations.NullMarked;
