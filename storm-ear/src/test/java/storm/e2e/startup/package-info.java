/// How servers start, or say why they do not.
@NullMarked
package storm.e2e.startup;

import org.jspecify.annotations.NullMarked;
