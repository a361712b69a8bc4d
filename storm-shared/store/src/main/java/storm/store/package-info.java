/// MongoDB, for rest and worker alone: entities, repositories, indexes and the message cipher.
@NullMarked
package storm.store;

import org.jspecify.annotations.NullMarked;
