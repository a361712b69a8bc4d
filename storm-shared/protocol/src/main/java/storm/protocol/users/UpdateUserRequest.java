package storm.protocol.users;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// PATCH /users/{userId}: what is absent stays as it is; at least one field.
public record UpdateUserRequest(
        @Nullable @Pattern(regexp = Usernames.PATTERN, message = Usernames.MESSAGE)
        String username,

        @Nullable @Email @Size(max = 254) String email,
        @Nullable Role role,
        @Nullable Boolean isActive) {}
