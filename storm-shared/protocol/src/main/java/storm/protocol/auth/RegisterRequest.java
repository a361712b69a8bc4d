package storm.protocol.auth;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import storm.protocol.users.Usernames;

/// POST /auth/register.
public record RegisterRequest(
        @NotNull @Pattern(regexp = Usernames.PATTERN, message = Usernames.MESSAGE)
        String username,

        @NotNull @Email @Size(min = 3, max = 254) String email,

        @NotNull @Pattern(regexp = Passwords.PATTERN, message = Passwords.MESSAGE)
        String password) {
    @Override
    public String toString() {
        return "RegisterRequest[masked]";
    }
}
