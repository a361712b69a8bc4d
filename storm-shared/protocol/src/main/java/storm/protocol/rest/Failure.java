package storm.protocol.rest;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;

/// The envelope of an error.
public record Failure(boolean success, Problem error, Meta meta) {
    public Failure(Problem error, Meta meta) {
        this(false, error, meta);
    }

    /// What went wrong; `details` maps each field to its message.
    public record Problem(
            String code, String message, @Nullable Map<String, String> details) {
        public static Problem of(StormException e) {
            return new Problem(e.code().name(), e.detail(), e.details().isEmpty() ? null : e.details());
        }
    }
}
