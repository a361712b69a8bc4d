/// People who use Storm through storm-client, and the words that only they may read.
@NullMarked
package storm.e2e.people;

import org.jspecify.annotations.NullMarked;
