package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// Reads and writes JSON bodies; what is read has also passed the constraints of its record.
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public class JsonBodies implements MessageBodyReader<Record>, MessageBodyWriter<Object> {
    private final Validator validator;

    @Inject
    public JsonBodies(Validator validator) {
        this.validator = validator;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        String charset = mediaType.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw new StormException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "bodies must be UTF-8");
        }
        String json = text(body.readAllBytes());
        // Read as plain JSON first: binding skips what no record asks for, and Parsson never ends skipping an array
        // that the body does not close.
        refuse(JsonShape.faults(Json.readObject(json), type));
        Record value = Json.read(json, type);
        Map<String, String> details = new TreeMap<>();
        for (ConstraintViolation<Record> violation : validator.validate(value)) {
            details.put(violation.getPropertyPath().toString(), violation.getMessage());
        }
        refuse(details);
        return value;
    }

    private static void refuse(Map<String, String> details) {
        if (!details.isEmpty()) {
            throw StormException.invalid("the body is not valid", details);
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new StormException(ErrorCode.VALIDATION_ERROR, "the body is not UTF-8", e);
        }
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        headers.putSingle("Content-Type", "application/json; charset=utf-8");
        body.write(Json.write(value).getBytes(StandardCharsets.UTF_8));
    }
}
