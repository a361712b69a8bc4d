/// Which worker reads which partition, and the loops that do.
@NullMarked
package storm.worker.partitions;

import org.jspecify.annotations.NullMarked;
