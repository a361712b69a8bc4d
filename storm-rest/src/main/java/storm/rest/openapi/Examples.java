package storm.rest.openapi;

import java.time.Instant;
import java.util.Map;
import storm.protocol.WireEnum;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.Id;
import storm.protocol.ids.UserId;

/// What a field of that name might hold. None is a secret of anybody.
final class Examples {
    static final String TIME = "2030-01-31T12:00:00Z";
    static final String UUID = "7d2f0c9a-5b1e-4c43-9f0e-2a6b8d1c3e5f";
    static final String CURSOR = "AAABuXgHbABmF5sAAAAAAAAAAAE";
    static final Map<String, Object> JWK = Map.of("kty", "EC", "crv", "P-256", "alg", "ES256", "use", "sig");
    private static final String OBJECT_ID = "66179b000000000000000001";
    private static final Map<String, Object> BY_NAME = Map.ofEntries(
            Map.entry("accessToken", "<a JWT>"),
            Map.entry("action", "user.role.assign"),
            Map.entry("address", "203.0.113.7"),
            Map.entry("attempts", 1),
            Map.entry("code", "NOT_FOUND"),
            Map.entry("content", "Hello."),
            Map.entry("currentPassword", "<the password until now>"),
            Map.entry("delivery", "connected"),
            Map.entry("description", "Whatever comes up"),
            Map.entry("details", Map.of("before", "member", "after", "moderator")),
            Map.entry("email", "ann@example.org"),
            Map.entry("expiresIn", 900),
            Map.entry("failureReason", "not_a_member"),
            Map.entry("id", OBJECT_ID),
            Map.entry("kind", "send"),
            Map.entry("message", "channel not found"),
            Map.entry("mongo", "connected"),
            Map.entry("name", "general"),
            Map.entry("newPassword", "Correct-horse-8"),
            Map.entry("password", "Correct-horse-7"),
            Map.entry("reason", "not_a_member"),
            Map.entry("redis", "connected"),
            Map.entry("refreshToken", "<43 characters>"),
            Map.entry("requestId", UUID),
            Map.entry("status", "ok"),
            Map.entry("target", "user:" + OBJECT_ID),
            Map.entry("ticket", "<43 characters>"),
            Map.entry("userAgent", "Storm-Client/1.0"),
            Map.entry("username", "ann"),
            Map.entry("worker", "connected"));

    private Examples() {}

    static Object of(Class<?> type, String name) {
        if (type == UserId.class || type == ChannelId.class) {
            return OBJECT_ID;
        }
        if (Id.class.isAssignableFrom(type)) {
            return UUID;
        }
        if (type == Instant.class) {
            return TIME;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type.isEnum()) {
            return ((WireEnum) type.getEnumConstants()[0]).wire();
        }
        if (type == long.class || type == Long.class || type == int.class) {
            return BY_NAME.getOrDefault(name, 7);
        }
        Object example = BY_NAME.get(name);
        if (example == null) {
            throw new IllegalStateException("no example of " + name);
        }
        return example;
    }
}
