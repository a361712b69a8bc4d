package storm.protocol.errors;

import java.util.Optional;

/// Every error Storm tells a client, with its HTTP status and, where a socket ends for it, its close code.
///
/// This is the one table: REST bodies, WebSocket frames and the Java client all read it. Codes are fixed by the
/// contract; add, never rename.
public enum ErrorCode {
    VALIDATION_ERROR(400, CloseCode.BAD_REQUEST),
    UNAUTHORIZED(401, CloseCode.UNAUTHORIZED),
    TOKEN_EXPIRED(401, CloseCode.UNAUTHORIZED),
    TOKEN_INVALID(401, CloseCode.UNAUTHORIZED),
    TOKEN_REVOKED(401, CloseCode.UNAUTHORIZED),
    TOKEN_REUSE_DETECTED(401, CloseCode.UNAUTHORIZED),
    FORBIDDEN(403, CloseCode.POLICY_VIOLATION),
    NOT_FOUND(404, CloseCode.BAD_REQUEST),
    METHOD_NOT_ALLOWED(405, CloseCode.BAD_REQUEST),
    NOT_ACCEPTABLE(406, CloseCode.BAD_REQUEST),
    CONFLICT(409, CloseCode.BAD_REQUEST),
    PAYLOAD_TOO_LARGE(413, CloseCode.TOO_BIG),
    UNSUPPORTED_MEDIA_TYPE(415, CloseCode.BAD_REQUEST),
    RATE_LIMIT_EXCEEDED(429, CloseCode.POLICY_VIOLATION),
    SERVICE_UNAVAILABLE(503, CloseCode.TRY_AGAIN_LATER),
    INTERNAL_ERROR(500, CloseCode.SERVER_FAULT);

    private final int status;
    private final CloseCode closeCode;

    ErrorCode(int status, CloseCode closeCode) {
        this.status = status;
        this.closeCode = closeCode;
    }

    /// HTTP status of the REST answer.
    public int status() {
        return status;
    }

    /// Close code of a socket that ends for this error.
    public CloseCode closeCode() {
        return closeCode;
    }

    /// The code of that name, if there is one: a newer server may send codes that an older client does not know.
    public static Optional<ErrorCode> of(String name) {
        for (ErrorCode code : values()) {
            if (code.name().equals(name)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
