/// Signing in and staying signed in: tokens in memory, refreshed silently, one refresh at a time.
@NullMarked
package storm.client.auth;

import org.jspecify.annotations.NullMarked;
