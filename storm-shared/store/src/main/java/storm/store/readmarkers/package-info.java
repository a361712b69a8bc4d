/// How far each member has read each channel.
@NullMarked
package storm.store.readmarkers;

import org.jspecify.annotations.NullMarked;
