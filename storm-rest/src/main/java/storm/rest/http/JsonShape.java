package storm.rest.http;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.TreeMap;

/// Tells where a JSON object does not have the types that a record asks for.
///
/// JSON-B is lenient: it makes a text of a number, false of `"no"` and zero of nothing at all.
final class JsonShape {
    private JsonShape() {}

    /// Each field that is of another type, with what it must be; also numbers that are missing.
    static Map<String, String> faults(JsonObject json, Class<?> record) {
        Map<String, String> faults = new TreeMap<>();
        check("", json, record, faults);
        return faults;
    }

    private static void check(String prefix, JsonObject json, Class<?> record, Map<String, String> faults) {
        for (RecordComponent component : record.getRecordComponents()) {
            JsonValue value = json.getOrDefault(component.getName(), JsonValue.NULL);
            String field = prefix + component.getName();
            if (value.getValueType() != ValueType.NULL) {
                check(field, value, component.getGenericType(), faults);
            } else if (component.getType().isPrimitive()) {
                faults.put(field, "must not be null");
            }
        }
    }

    private static void check(String field, JsonValue value, Type type, Map<String, String> faults) {
        if (type instanceof ParameterizedType list) {
            if (value instanceof JsonArray elements) {
                for (int i = 0; i < elements.size(); i++) {
                    check(field + "[" + i + "]", elements.get(i), list.getActualTypeArguments()[0], faults);
                }
            } else {
                faults.put(field, "must be an array");
            }
        } else if (type == boolean.class || type == Boolean.class) {
            must(isBoolean(value), field, "must be true or false", faults);
        } else if (type == long.class) {
            must(isLong(value), field, "must be a whole number", faults);
        } else if (type instanceof Class<?> record && record.isRecord() && record.getRecordComponents().length > 1) {
            if (value instanceof JsonObject object) {
                check(field + ".", object, record, faults);
            } else {
                faults.put(field, "must be an object");
            }
        } else {
            // Texts, and what is written as one: ids (records of one component), words, moments.
            must(value.getValueType() == ValueType.STRING, field, "must be a string", faults);
        }
    }

    private static boolean isBoolean(JsonValue value) {
        return value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE;
    }

    private static boolean isLong(JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
            return false;
        }
        try {
            number.bigDecimalValue().longValueExact();
            return true;
        } catch (ArithmeticException _) {
            return false;
        }
    }

    private static void must(boolean good, String field, String message, Map<String, String> faults) {
        if (!good) {
            faults.put(field, message);
        }
    }
}
