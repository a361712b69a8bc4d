package storm.protocol.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.UserId;

/// A user as others see it.
///
/// @param email lower case; only for oneself and for those who may list users, else absent
/// @param lastSeenAt absent if never connected
public record User(
        UserId id,
        String username,
        @Nullable String email,
        Role role,
        boolean isActive,
        @Nullable Instant lastSeenAt,
        Instant createdAt) {}
