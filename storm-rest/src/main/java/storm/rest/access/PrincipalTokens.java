package storm.rest.access;

import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import storm.core.sessions.AccessTokens;
import storm.core.sessions.Verified;
import storm.protocol.WireEnum;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;

/// Reads what MicroProfile JWT has verified. Its clock is lenient by minutes, ours is not.
final class PrincipalTokens {
    private final Clock clock;

    PrincipalTokens(Clock clock) {
        this.clock = clock;
    }

    /// @throws StormException TOKEN_EXPIRED or TOKEN_INVALID
    Verified read(JsonWebToken token) {
        Instant expiresAt = Instant.ofEpochSecond(token.getExpirationTime());
        if (!clock.instant().isBefore(expiresAt)) {
            throw new StormException(ErrorCode.TOKEN_EXPIRED, "the access token has expired");
        }
        try {
            Instant issuedAt = Instant.ofEpochMilli(Long.parseLong(text(token.getClaim("iat_ms"))));
            if (AccessTokens.isFromTheFuture(issuedAt, clock.instant())) {
                throw new IllegalArgumentException("issued in the future");
            }
            return new Verified(
                    new UserId(token.getSubject()),
                    WireEnum.of(Role.class, text(token.getClaim("role"))),
                    new SessionId(text(token.getClaim("sid"))),
                    issuedAt,
                    expiresAt,
                    text(token.getTokenID()));
        } catch (StormException | IllegalArgumentException e) {
            throw new StormException(ErrorCode.TOKEN_INVALID, "the access token is not valid", e);
        }
    }

    /// Claims come as strings, numbers or their JSON-P forms, by the container's mood.
    private static String text(@Nullable Object claim) {
        return switch (claim) {
            case null -> "";
            case jakarta.json.JsonString string -> string.getString();
            case Object other -> other.toString();
        };
    }
}
