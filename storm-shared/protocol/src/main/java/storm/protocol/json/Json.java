package storm.protocol.json;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.io.StringReader;
import java.util.Map;
import storm.protocol.errors.StormException;

/// The only JSON entry point: JSON-B with Storm's ids and enums as plain strings.
///
/// Thread-safe. Always encodes by runtime type, since JSON-B writes `{}` for a record seen through its sealed type.
public final class Json {
    private static final JsonReaderFactory READERS = jakarta.json.Json.createReaderFactory(Map.of());
    private static final Jsonb JSONB = JsonbBuilder.create(new JsonbConfig()
            .withAdapters(
                    new StringAdapters.OfUserId(),
                    new StringAdapters.OfChannelId(),
                    new StringAdapters.OfSessionId(),
                    new StringAdapters.OfMessageId(),
                    new StringAdapters.OfDeadLetterId(),
                    new StringAdapters.OfRole(),
                    new StringAdapters.OfDeliveryStatus(),
                    new StringAdapters.OfSendStatus(),
                    new StringAdapters.OfAckStatus(),
                    new StringAdapters.OfChannelChange()));

    private Json() {}

    /// The configured JSON-B, for JAX-RS to read and write bodies with.
    public static Jsonb jsonb() {
        return JSONB;
    }

    public static String write(Object value) {
        return JSONB.toJson(value);
    }

    /// Reads a record from JSON.
    ///
    /// @throws StormException VALIDATION_ERROR if the text is not JSON or does not have the record's shape
    public static <T> T read(String json, Class<T> type) {
        try {
            T value = JSONB.fromJson(json, type);
            if (value == null) {
                throw StormException.invalid("must be a JSON object", Map.of());
            }
            return value;
        } catch (JsonbException | JsonException e) {
            throw malformed(e);
        }
    }

    /// Reads a JSON object without binding it.
    ///
    /// @throws StormException VALIDATION_ERROR if the text is not a JSON object
    public static JsonObject readObject(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            // Parsson throws a bare one for a text nested too deeply.
            throw malformed(e);
        }
    }

    private static StormException malformed(RuntimeException cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof StormException ours) {
                return ours;
            }
        }
        return new StormException(
                storm.protocol.errors.ErrorCode.VALIDATION_ERROR, "malformed JSON", Map.of(), null, cause);
    }
}
