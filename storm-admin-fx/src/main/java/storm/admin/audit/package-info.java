/// Who did what to whom, for admins.
@NullMarked
package storm.admin.audit;

import org.jspecify.annotations.NullMarked;
