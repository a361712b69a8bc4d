package storm.rest.http;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.UserId;

/// The request that the current thread serves.
///
/// @param id the client's X-Request-Id, or one of ours
/// @param address of the client, as far as it can be believed
/// @param user who asks, once that is known
public record RequestContext(
        String id, String address, @Nullable String userAgent, AtomicReference<@Nullable UserId> user) {
    static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

    /// The request of this thread.
    public static RequestContext current() {
        return CURRENT.get();
    }
}
