/// The script that a newcomer and an operator use, and the walk that the README shows them.
@NullMarked
package storm.e2e.frontdoor;

import org.jspecify.annotations.NullMarked;
