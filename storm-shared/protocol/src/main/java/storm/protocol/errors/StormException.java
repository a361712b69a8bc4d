package storm.protocol.errors;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one exception of Storm's domain: an [ErrorCode] and a sentence that a client may read.
///
/// The message never holds secrets, texts or causes; the cause, if any, is for the log alone.
public final class StormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final Map<String, String> details;
    private final @Nullable Duration retryAfter;

    public StormException(ErrorCode code, String message) {
        this(code, message, Map.of(), null, null);
    }

    public StormException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, Map.of(), null, cause);
    }

    public StormException(
            ErrorCode code,
            String message,
            Map<String, String> details,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = Map.copyOf(details);
        this.retryAfter = retryAfter;
    }

    /// Bad input; `details` maps each field to what is wrong with it.
    public static StormException invalid(String message, Map<String, String> details) {
        return new StormException(ErrorCode.VALIDATION_ERROR, message, details, null, null);
    }

    /// Bad input in one field.
    public static StormException invalid(String field, String message) {
        return invalid(field + " " + message, Map.of(field, message));
    }

    public static StormException notFound(String what) {
        return new StormException(ErrorCode.NOT_FOUND, what + " not found");
    }

    /// A part that Storm needs is out of reach; the client may try again after `retryAfter`.
    public static StormException unavailable(String what, Duration retryAfter, @Nullable Throwable cause) {
        return new StormException(
                ErrorCode.SERVICE_UNAVAILABLE, what + " is out of reach", Map.of(), retryAfter, cause);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, String> details() {
        return details;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
