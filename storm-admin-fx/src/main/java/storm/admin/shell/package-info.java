/// The window: sign-in first, then the pages beside their navigation.
@NullMarked
package storm.admin.shell;

import org.jspecify.annotations.NullMarked;
