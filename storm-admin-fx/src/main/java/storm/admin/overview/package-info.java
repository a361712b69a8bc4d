/// How the server does, now and over the last half hour.
@NullMarked
package storm.admin.overview;

import org.jspecify.annotations.NullMarked;
