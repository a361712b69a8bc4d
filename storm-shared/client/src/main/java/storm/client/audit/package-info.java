/// Calls about the audit log.
@NullMarked
package storm.client.audit;

import org.jspecify.annotations.NullMarked;
