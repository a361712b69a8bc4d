package storm.wire;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.yaml.snakeyaml.Yaml;
import storm.protocol.json.Json;

/// docs/asyncapi.yaml, and whether a frame is as it says. Knows the part of JSON Schema that the file uses and refuses
/// any other.
public final class AsyncApi {
    public static final AsyncApi DOCUMENT = read();

    private final Map<?, ?> root;

    /// Who says it.
    public enum Side {
        CLIENT("hear"),
        SERVER("tell");

        private final String operation;

        Side(String operation) {
            this.operation = operation;
        }
    }

    private AsyncApi(Map<?, ?> root) {
        this.root = root;
    }

    private static AsyncApi read() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("docs/asyncapi.yaml");
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    return new AsyncApi(new Yaml().load(reader));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException("no docs/asyncapi.yaml above " + Path.of("").toAbsolutePath());
    }

    /// The events of one side, by name.
    public Map<String, Map<?, ?>> events(Side side) {
        Map<String, Map<?, ?>> events = new LinkedHashMap<>();
        for (Object reference : list(at(at(root, "operations"), side.operation), "messages")) {
            Map<?, ?> message = resolve(resolve((Map<?, ?>) reference));
            events.put(String.valueOf(message.get("name")), at(message, "payload"));
        }
        return events;
    }

    /// The names of the payload's fields.
    public Set<String> fields(Side side, String event, boolean requiredOnly) {
        Map<?, ?> payload = at(at(at(events(side), event), "properties"), "payload");
        Collection<?> names = requiredOnly ? list(payload, "required") : at(payload, "properties").keySet();
        Set<String> fields = new TreeSet<>();
        names.forEach(name -> fields.add(String.valueOf(name)));
        return fields;
    }

    /// What is wrong with a frame; empty if nothing.
    public List<String> faults(Side side, String text) {
        JsonObject frame = Json.readObject(text);
        String event = frame.getString("event", "");
        Map<?, ?> schema = events(side).get(event);
        List<String> faults = new ArrayList<>();
        if (schema == null) {
            faults.add("no event " + event);
        } else {
            check(event, schema, frame, faults);
        }
        return faults;
    }

    private void check(String where, Map<?, ?> given, JsonValue value, List<String> faults) {
        Map<?, ?> schema = resolve(given);
        if (schema.get("type") instanceof List<?> types) {
            if (value.getValueType() == JsonValue.ValueType.NULL && types.contains("null")) {
                return;
            }
            schema = with(schema, String.valueOf(types.getFirst()));
        }
        boolean matches =
                switch (String.valueOf(schema.get("type"))) {
                    case "object" -> value instanceof JsonObject object && object(where, schema, object, faults);
                    case "array" -> value instanceof JsonArray array && array(where, schema, array, faults);
                    case "string" -> value instanceof JsonString string && string(schema, string.getString());
                    case "integer" -> value instanceof JsonNumber number && integer(schema, number);
                    case "boolean" ->
                        value.getValueType() == JsonValue.ValueType.TRUE
                                || value.getValueType() == JsonValue.ValueType.FALSE;
                    default -> throw new IllegalStateException(where + " has a type that this reader does not know");
                };
        if (!matches) {
            faults.add(where + " is " + value + ", not " + schema);
        }
    }

    private boolean object(String where, Map<?, ?> schema, JsonObject object, List<String> faults) {
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(name -> !object.containsKey(name))
                    .forEach(name -> faults.add(where + " lacks " + name));
        }
        object.forEach((name, value) -> {
            if (properties.get(name) instanceof Map<?, ?> property) {
                check(where + "." + name, property, value, faults);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> other) {
                check(where + "." + name, other, value, faults);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                faults.add(where + " has " + name);
            }
        });
        return true;
    }

    private boolean array(String where, Map<?, ?> schema, JsonArray array, List<String> faults) {
        for (int i = 0; i < array.size(); i++) {
            check(where + "[" + i + "]", at(schema, "items"), array.get(i), faults);
        }
        return array.size() >= number(schema, "minItems", 0) && array.size() <= number(schema, "maxItems", Long.MAX_VALUE);
    }

    private static boolean string(Map<?, ?> schema, String string) {
        return (schema.get("const") == null || string.equals(schema.get("const")))
                && (!(schema.get("enum") instanceof List<?> constants) || constants.contains(string))
                && (!(schema.get("pattern") instanceof String pattern) || string.matches(pattern))
                && (!(schema.get("format") instanceof String format) || hasFormat(format, string))
                && string.length() >= number(schema, "minLength", 0)
                && string.length() <= number(schema, "maxLength", Long.MAX_VALUE);
    }

    private static boolean hasFormat(String format, String string) {
        try {
            return switch (format) {
                case "date-time" -> OffsetDateTime.parse(string) != null;
                case "uuid" -> UUID.fromString(string).toString().equals(string);
                default -> throw new IllegalStateException("unknown format " + format);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean integer(Map<?, ?> schema, JsonNumber number) {
        return number.isIntegral()
                && number.longValueExact() >= number(schema, "minimum", Long.MIN_VALUE)
                && number.longValueExact() <= number(schema, "maximum", Long.MAX_VALUE);
    }

    private static long number(Map<?, ?> schema, String name, long absent) {
        return schema.get(name) instanceof Number number ? number.longValue() : absent;
    }

    private static Map<?, ?> with(Map<?, ?> schema, String type) {
        Map<Object, Object> one = new LinkedHashMap<>(schema);
        one.put("type", type);
        return one;
    }

    private Map<?, ?> resolve(Map<?, ?> schema) {
        if (!(schema.get("$ref") instanceof String reference)) {
            return schema;
        }
        Map<?, ?> found = root;
        for (String step : reference.substring(2).split("/", -1)) {
            found = at(found, step);
        }
        return found;
    }

    private static List<?> list(Map<?, ?> map, String name) {
        if (map.get(name) instanceof List<?> inner) {
            return inner;
        }
        throw new IllegalStateException("no list " + name + " in " + map.keySet());
    }

    private static Map<?, ?> at(Map<?, ?> map, String name) {
        if (map.get(name) instanceof Map<?, ?> inner) {
            return inner;
        }
        throw new IllegalStateException("no " + name + " in " + map.keySet());
    }
}
