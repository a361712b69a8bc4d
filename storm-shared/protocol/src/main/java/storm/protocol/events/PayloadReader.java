package storm.protocol.events;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;
import storm.protocol.messages.Moments;

/// Reads the fields of a payload and collects what is wrong with each, so that a client hears of all at once.
///
/// A malformed field is noted and stands in as a placeholder; [#build] then refuses the event, so that no placeholder
/// ever leaves it. Unknown fields are ignored.
final class PayloadReader {
    private static final int MAX_FAULTS = 20;
    private static final int MAX_DIGITS = 20;

    private final JsonObject payload;
    private final String prefix;
    private final Map<String, String> faults;

    PayloadReader(JsonObject payload) {
        this(payload, "", new LinkedHashMap<>());
    }

    private PayloadReader(JsonObject payload, String prefix, Map<String, String> faults) {
        this.payload = payload;
        this.prefix = prefix;
        this.faults = faults;
    }

    boolean has(String field) {
        JsonValue value = payload.get(field);
        return value != null && !value.equals(JsonValue.NULL);
    }

    /// Builds the event, or refuses it with all that is wrong with its fields.
    <T> T build(Supplier<T> event) {
        T built = event.get();
        if (!faults.isEmpty()) {
            throw StormException.invalid("invalid payload", faults);
        }
        return built;
    }

    <T> T id(String field, Function<String, T> id) {
        return idOf(prefix + field, payload.get(field), id);
    }

    <T> List<T> ids(String field, int max, Function<String, T> id) {
        return list(field, max, (name, value) -> idOf(name, value, id));
    }

    <T> List<T> objects(String field, int max, Function<PayloadReader, T> element) {
        return list(field, max, (name, value) -> {
            JsonObject object = JsonValue.EMPTY_JSON_OBJECT;
            if (value instanceof JsonObject given) {
                object = given;
            } else {
                fault(name, "must be an object");
            }
            return element.apply(new PayloadReader(object, name + ".", faults));
        });
    }

    String text(String field, int min, int max) {
        if (payload.get(field) instanceof JsonString string
                && string.getString().length() >= min
                && string.getString().length() <= max) {
            return string.getString();
        }
        fault(prefix + field, "must be a string of " + min + " to " + max + " characters");
        return "";
    }

    Instant instant(String field) {
        if (payload.get(field) instanceof JsonString string
                && string.getString().length() <= 40) {
            try {
                Instant moment = OffsetDateTime.parse(string.getString()).toInstant();
                if (Moments.isStorable(moment)) {
                    return moment;
                }
            } catch (DateTimeException e) {
                // Told below like any other malformed field.
            }
        }
        fault(prefix + field, "must be an ISO 8601 date and time with its offset, such as 2030-01-31T12:00:00.000Z");
        return Instant.EPOCH;
    }

    long number(String field, long min) {
        return number(field, min, Long.MAX_VALUE);
    }

    long number(String field, long min, long max) {
        if (payload.get(field) instanceof JsonNumber number) {
            try {
                // Bounded before conversion: 1e999999999 would otherwise be written out digit by digit.
                BigDecimal value = number.bigDecimalValue();
                if (value.scale() >= -MAX_DIGITS && value.scale() <= MAX_DIGITS && value.precision() <= MAX_DIGITS) {
                    long exact = value.longValueExact();
                    if (exact >= min && exact <= max) {
                        return exact;
                    }
                }
            } catch (ArithmeticException e) {
                // Not a whole number or too large: told below.
            }
        }
        fault(
                prefix + field,
                max == Long.MAX_VALUE
                        ? "must be a whole number of at least " + min
                        : "must be a whole number from " + min + " to " + max);
        return min;
    }

    private interface Element<T> {
        T read(String name, JsonValue value);
    }

    private <T> List<T> list(String field, int max, Element<T> element) {
        if (!(payload.get(field) instanceof JsonArray array) || array.isEmpty() || array.size() > max) {
            fault(prefix + field, "must be a list of 1 to " + max);
            return List.of();
        }
        List<T> all = new ArrayList<>(array.size());
        for (int i = 0; i < array.size() && faults.size() < MAX_FAULTS; i++) {
            all.add(element.read(prefix + field + "[" + i + "]", array.get(i)));
        }
        return faults.isEmpty() ? all : List.of();
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private <T> T idOf(String name, @Nullable JsonValue value, Function<String, T> id) {
        if (value instanceof JsonString string) {
            try {
                return id.apply(string.getString());
            } catch (StormException e) {
                e.details().values().forEach(message -> fault(name, message));
                return null;
            }
        }
        fault(name, "must be a string");
        return null;
    }

    private void fault(String name, String message) {
        if (faults.size() < MAX_FAULTS) {
            faults.putIfAbsent(name, message);
        }
    }
}
