/// What a crash, a restart or a second server changes: nothing that people notice for long.
@NullMarked
package storm.e2e.crash;

import org.jspecify.annotations.NullMarked;
