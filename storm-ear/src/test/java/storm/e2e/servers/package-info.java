/// The servers under test: started, killed, frozen and restarted as an operator or a crash would.
@NullMarked
package storm.e2e.servers;

import org.jspecify.annotations.NullMarked;
