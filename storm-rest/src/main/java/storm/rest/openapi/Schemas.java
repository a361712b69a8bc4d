package storm.rest.openapi;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;
import storm.protocol.WireEnum;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.errors.ErrorCode;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.Id;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Meta;

/// The shapes of the wire's records as JSON Schema (OpenAPI 3.1), with the constraints that requests are held to.
final class Schemas {
    private static final String OBJECT_ID = "[0-9a-fA-F]{24}";
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Map<String, Schema> all = new TreeMap<>();

    Map<String, Schema> all() {
        return all;
    }

    /// A reference to the schema of a class, which is made at the first.
    Schema reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!all.containsKey(name)) {
            all.put(name, OASFactory.createSchema());
            all.put(name, made(type));
        }
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    /// The envelope around data of that class.
    Schema envelope(Class<?> data, boolean page) {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty(
                        "success",
                        OASFactory.createSchema().addType(SchemaType.BOOLEAN).addEnumeration(true))
                .addProperty("data", reference(data))
                .addProperty("meta", page ? pageMeta() : reference(Meta.class))
                .required(List.of("success", "data", "meta"));
    }

    private Schema pageMeta() {
        reference(Meta.class);
        all.computeIfAbsent(
                "PageMeta", _ -> made(Meta.class).required(List.of("requestId", "timestamp", "hasNextPage")));
        return OASFactory.createSchema().ref("#/components/schemas/PageMeta");
    }

    private Schema made(Class<?> type) {
        if (Id.class.isAssignableFrom(type)) {
            boolean objectId = type == UserId.class || type == ChannelId.class;
            return text("^" + (objectId ? OBJECT_ID : UUID) + "$");
        }
        if (type.isEnum()) {
            Schema words = OASFactory.createSchema().addType(SchemaType.STRING);
            Arrays.stream(type.getEnumConstants()).forEach(each -> words.addEnumeration(((WireEnum) each).wire()));
            return words;
        }
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT);
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            object.addProperty(component.getName(), property(component));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        return required.isEmpty() ? object : object.required(required);
    }

    private Schema property(RecordComponent component) {
        Schema schema = of(component.getGenericType());
        Size size = constraint(component, Size.class);
        if (size != null && component.getType() == List.class) {
            schema.minItems(size.min()).maxItems(size.max());
        } else if (size != null) {
            schema.minLength(size.min()).maxLength(size.max());
        }
        Pattern pattern = constraint(component, Pattern.class);
        if (pattern != null) {
            schema.pattern("^" + pattern.regexp() + "$").description(pattern.message());
        }
        if (constraint(component, Email.class) != null) {
            schema.format("email");
        }
        if (constraint(component, PositiveOrZero.class) != null) {
            schema.minimum(BigDecimal.ZERO);
        }
        return schema;
    }

    /// The annotations of a record's component lie on its accessor too.
    private static <A extends java.lang.annotation.Annotation> @Nullable A constraint(
            RecordComponent component, Class<A> type) {
        return component.getAccessor().getAnnotation(type);
    }

    private Schema of(Type type) {
        Schema schema = OASFactory.createSchema();
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class
                    ? schema.addType(SchemaType.ARRAY).items(of(last))
                    : schema.addType(SchemaType.OBJECT).additionalPropertiesSchema(of(last));
        }
        return switch (type) {
            case Class<?> c when c == String.class -> schema.addType(SchemaType.STRING);
            case Class<?> c
            when c == Instant.class -> schema.addType(SchemaType.STRING).format("date-time");
            case Class<?> c when c == boolean.class || c == Boolean.class -> schema.addType(SchemaType.BOOLEAN);
            case Class<?> c
            when c == long.class || c == Long.class ->
                schema.addType(SchemaType.INTEGER).format("int64");
            case Class<?> c
            when c == int.class -> schema.addType(SchemaType.INTEGER).format("int32");
            case Class<?> c when c.isRecord() || c.isEnum() -> reference(c);
            // Anything, as in a JWK.
            default -> schema;
        };
    }

    private static Schema text(String pattern) {
        return OASFactory.createSchema().addType(SchemaType.STRING).pattern(pattern);
    }

    /// An example of a class, put together of examples of what it holds.
    Object example(Class<?> type) {
        if (type == DeadLetterSelection.class) {
            // Ids or a filter, never both.
            return Map.of("ids", List.of(Examples.UUID));
        }
        if (!type.isRecord() || Id.class.isAssignableFrom(type)) {
            return Examples.of(type, "");
        }
        Map<String, Object> example = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            example.put(component.getName(), example(component));
        }
        return example;
    }

    private Object example(RecordComponent component) {
        Class<?> type = component.getType();
        if (component.getGenericType() instanceof ParameterizedType generic && type == List.class) {
            Type element = generic.getActualTypeArguments()[0];
            return List.of(element instanceof Class<?> c ? example(c) : Examples.JWK);
        }
        return type.isRecord() && !Id.class.isAssignableFrom(type)
                ? example(type)
                : Examples.of(type, component.getName());
    }

    /// An example of data in its envelope.
    Object enveloped(Class<?> data, boolean page) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("success", true);
        envelope.put("data", example(data));
        Map<String, Object> meta = meta();
        if (page) {
            meta.put("hasNextPage", true);
            meta.put("nextCursor", Examples.CURSOR);
        }
        envelope.put("meta", meta);
        return envelope;
    }

    /// An example of an error in its envelope.
    Object failed(ErrorCode code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code.name());
        error.put("message", message);
        if (code == ErrorCode.VALIDATION_ERROR) {
            error.put("details", Map.of("limit", "must be from 1 to 100"));
        }
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("success", false);
        envelope.put("error", error);
        envelope.put("meta", meta());
        return envelope;
    }

    private static Map<String, Object> meta() {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("requestId", Examples.UUID);
        meta.put("timestamp", Examples.TIME);
        return meta;
    }
}
