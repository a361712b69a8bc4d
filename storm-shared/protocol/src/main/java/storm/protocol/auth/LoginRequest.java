package storm.protocol.auth;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// POST /auth/login.
public record LoginRequest(
        @NotNull @Size(min = 1, max = 254) String email,
        @NotNull @Size(min = 1, max = 128) String password) {
    @Override
    public String toString() {
        return "LoginRequest[masked]";
    }
}
