/// MongoDB's wire protocol served from this JVM, in memory or from a file that survives kill -9.
@NullMarked
package storm.embedded.mongo;

import org.jspecify.annotations.NullMarked;
