/// What `deploy/` holds, checked without a cluster.
@NullMarked
package storm.deploy;

import org.jspecify.annotations.NullMarked;
