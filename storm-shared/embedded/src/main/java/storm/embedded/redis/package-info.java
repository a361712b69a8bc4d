/// Redis: the server process and the few words of its protocol that starting and stopping it takes.
@NullMarked
package storm.embedded.redis;

import org.jspecify.annotations.NullMarked;
