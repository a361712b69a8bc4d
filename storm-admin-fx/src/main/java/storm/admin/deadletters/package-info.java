/// Jobs that were given up: sending them back or throwing them away.
@NullMarked
package storm.admin.deadletters;

import org.jspecify.annotations.NullMarked;
