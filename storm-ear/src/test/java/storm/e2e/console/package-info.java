/// The moderators' console against a running Storm, used as a person uses it: by mouse and keyboard.
@NullMarked
package storm.e2e.console;

import org.jspecify.annotations.NullMarked;
