package storm.protocol.users;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// PATCH /users/me: at least one of the two.
public record UpdateProfileRequest(
        @Nullable @Pattern(regexp = Usernames.PATTERN, message = Usernames.MESSAGE)
        String username,

        @Nullable @Email @Size(max = 254) String email) {}
