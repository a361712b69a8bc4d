/// Signing in to a server, and deciding whether to believe its certificate.
@NullMarked
package storm.admin.signin;

import org.jspecify.annotations.NullMarked;
