/// The images and the compose file, tried on a container engine as an operator would.
@NullMarked
package storm.e2e.containers;

import org.jspecify.annotations.NullMarked;
