package storm.protocol.auth;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// POST /auth/refresh.
public record RefreshRequest(
        @NotNull @Size(min = 1, max = 128) String refreshToken) {
    @Override
    public String toString() {
        return "RefreshRequest[masked]";
    }
}
