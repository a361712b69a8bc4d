package storm.rest.openapi;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import storm.protocol.errors.ErrorCode;
import storm.protocol.rest.Failure;

/// The errors of the document, from the one table of error codes.
final class Failures {
    static final List<String> LIMITS = List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
    private static final Set<Integer> WITH_RETRY_AFTER = Set.of(429, 503);
    private static final Map<ErrorCode, String> MEANINGS = Map.ofEntries(
            Map.entry(
                    ErrorCode.VALIDATION_ERROR,
                    "body, query, path id or cursor is malformed; `details` names each field"),
            Map.entry(ErrorCode.UNAUTHORIZED, "no access token, wrong e-mail or password, or an unknown refresh token"),
            Map.entry(ErrorCode.TOKEN_EXPIRED, "the access token has expired"),
            Map.entry(ErrorCode.TOKEN_INVALID, "the access token is not valid"),
            Map.entry(ErrorCode.TOKEN_REVOKED, "the session was ended"),
            Map.entry(
                    ErrorCode.TOKEN_REUSE_DETECTED,
                    "a used refresh token came again: every session of that user is ended"),
            Map.entry(ErrorCode.FORBIDDEN, "not a member, or the role lacks the permission"),
            Map.entry(ErrorCode.NOT_FOUND, "there is no such thing"),
            Map.entry(ErrorCode.METHOD_NOT_ALLOWED, "this route has no such method"),
            Map.entry(ErrorCode.NOT_ACCEPTABLE, "answers are application/json"),
            Map.entry(ErrorCode.CONFLICT, "it is there already, or was changed meanwhile"),
            Map.entry(ErrorCode.PAYLOAD_TOO_LARGE, "the body has more than 16 KiB"),
            Map.entry(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "bodies must be application/json in UTF-8"),
            Map.entry(ErrorCode.RATE_LIMIT_EXCEEDED, "too many requests"),
            Map.entry(ErrorCode.SERVICE_UNAVAILABLE, "MongoDB, Redis or the worker is out of reach"),
            Map.entry(ErrorCode.INTERNAL_ERROR, "a fault of the server; nothing of its cause is told"));

    private final Schemas schemas;

    Failures(Schemas schemas) {
        this.schemas = schemas;
    }

    /// The statuses that an operation may have for reasons that many share.
    Set<Integer> of(Operation operation, boolean signedIn, boolean permission) {
        Set<Integer> statuses = new TreeSet<>(Set.of(406, 429, 500, 503));
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        boolean body = operation.getRequestBody() != null;
        if (signedIn) {
            statuses.add(401);
        }
        if (permission) {
            statuses.add(403);
        }
        if (body) {
            statuses.addAll(Set.of(413, 415));
        }
        if (body || !parameters.isEmpty()) {
            statuses.add(400);
        }
        if (parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
            statuses.add(404);
        }
        return statuses;
    }

    /// One reusable answer for each status.
    Map<String, APIResponse> all() {
        Map<String, APIResponse> all = new LinkedHashMap<>();
        codes().forEach((status, codes) -> all.put(name(status), response(status, codes)));
        return all;
    }

    static Map<String, Header> headers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put(
                "X-Request-Id",
                OASFactory.createHeader()
                        .description("The request's own id, if it is a sane one, else one made for it.")
                        .schema(text().pattern("^[A-Za-z0-9._-]{1,64}$")));
        headers.put("Retry-After", number("Seconds to wait."));
        headers.put("RateLimit-Limit", number("How many requests a window admits."));
        headers.put("RateLimit-Remaining", number("How many more may follow now."));
        headers.put("RateLimit-Reset", number("Seconds until at least one more is free."));
        return headers;
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static Header number(String description) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema()
                        .addType(Schema.SchemaType.INTEGER)
                        .minimum(java.math.BigDecimal.ZERO));
    }

    static Header header(String name) {
        return OASFactory.createHeader().ref("#/components/headers/" + name);
    }

    static APIResponse reference(int status) {
        return OASFactory.createAPIResponse().ref("#/components/responses/" + name(status));
    }

    /// The answer of a status with the words that an annotation has for it.
    APIResponse described(int status, APIResponse given) {
        return response(status, codes().getOrDefault(status, List.of())).description(given.getDescription());
    }

    private APIResponse response(int status, List<ErrorCode> codes) {
        var media = OASFactory.createMediaType().schema(schemas.reference(Failure.class));
        codes.forEach(code -> media.addExample(
                code.name(), OASFactory.createExample().value(schemas.failed(code, MEANINGS.getOrDefault(code, "")))));
        APIResponse response = OASFactory.createAPIResponse()
                .description(codes.stream()
                        .map(code -> code.name() + ": " + MEANINGS.get(code) + ".")
                        .collect(Collectors.joining(" ")))
                .content(OASFactory.createContent().addMediaType(MediaType.APPLICATION_JSON, media));
        response.addHeader("X-Request-Id", header("X-Request-Id"));
        if (WITH_RETRY_AFTER.contains(status)) {
            response.addHeader("Retry-After", header("Retry-After"));
        }
        return response;
    }

    private static Map<Integer, List<ErrorCode>> codes() {
        return Arrays.stream(ErrorCode.values())
                .collect(Collectors.groupingBy(ErrorCode::status, TreeMap::new, Collectors.toList()));
    }

    private static String name(int status) {
        return "Error" + status;
    }
}
