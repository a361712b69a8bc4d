/// What is told at once and kept nowhere: typing and read marks to a channel's members, receipts and failures to a
/// user.
@NullMarked
package storm.core.signals;

import org.jspecify.annotations.NullMarked;
