package storm.protocol.users;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import storm.protocol.auth.Passwords;

/// PUT /users/me/password.
public record ChangePasswordRequest(
        @NotNull @Size(max = 128) String currentPassword,

        @NotNull @Pattern(regexp = Passwords.PATTERN, message = Passwords.MESSAGE)
        String newPassword) {
    @Override
    public String toString() {
        return "ChangePasswordRequest[masked]";
    }
}
