package storm.store.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

/// A user with what signs them in.
///
/// @param email lower case
/// @param passwordHash Argon2id, or a bcrypt hash of the original Storm until its owner signs in
/// @param credentialVersion counts up with everything that ends all sessions: refresh tokens made before are void
/// @param standingVersion counts up with every change of role or activity
public record Account(
        UserId id,
        String username,
        String email,
        String passwordHash,
        Role role,
        boolean isActive,
        long credentialVersion,
        long standingVersion,
        @Nullable Instant lastSeenAt,
        Instant createdAt,
        Instant updatedAt) {
    @Override
    public String toString() {
        return "Account[" + id + ", " + role + "]";
    }
}
