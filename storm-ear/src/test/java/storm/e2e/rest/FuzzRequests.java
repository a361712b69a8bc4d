package storm.e2e.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes requests of an operation: good ones, ones at the edge of what its schemas allow, and bad ones. Used by one
/// thread.
final class FuzzRequests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ODD = List.of(
            " ",
            "0",
            "-1",
            "null",
            "true",
            "undefined",
            "NaN",
            "1e309",
            "99999999999999999999",
            "'",
            "\"",
            "<b>",
            "{}",
            "[]",
            "$where",
            "{\"$ne\":null}",
            "ä",
            "🦆",
            "\u202e",
            "\ufeff",
            "\u0000",
            "\n",
            "a\r\nX: y",
            "x".repeat(300),
            "__proto__",
            "%",
            "*",
            "(((",
            "\\");
    private static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "[]",
            "7",
            "\"x\"",
            "{",
            "{\"a\":",
            "{\"a\":[",
            "nonsense",
            "{\"a\":1,}",
            "\u0000",
            "<a/>",
            "{}",
            "{\"\":\"\"}");
    private static final List<String> TYPES =
            List.of("text/plain", "application/xml", "application/json;charset=utf-16", "image/png");

    private final Document document;
    private final Known known;
    private final Random random;

    /// Ids that are something, and some that are nothing.
    record Known(String user, String channel, String message, String noId, String noUuid) {}

    /// A request as it goes out.
    ///
    /// @param body its bytes, each as a character
    record Request(
            String path,
            Map<String, String> headers,
            @Nullable String body) {
        @Override
        public String toString() {
            return path + " "
                    + (body == null ? "" : body.substring(0, Math.min(300, body.length())))
                    + (headers.containsKey("Authorization") ? "" : " without token");
        }
    }

    FuzzRequests(Document document, Known known, long seed) {
        this.document = document;
        this.known = known;
        this.random = new Random(seed);
    }

    Request next(Document.Operation operation, String token) {
        // One request in four is good but for one part; the others are left to chance in every part.
        double badness = random.nextInt(4) == 0 ? 0.02 : 0.25;
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.node().path("parameters")) {
            String name = parameter.get("name").asText();
            JsonNode schema = document.resolved(parameter.get("schema"));
            if (parameter.get("in").asText().equals("path")) {
                path = path.replace("{" + name + "}", encoded(segment(name, schema, badness)));
            } else if (random.nextInt(3) == 0) {
                query.add(encoded(name) + "=" + encoded(text(name, schema, badness)));
            }
        }
        if (random.nextInt(20) == 0) {
            query.add(encoded(odd()) + "=" + encoded(odd()));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (!chance(badness / 4)) {
            headers.put("Authorization", "Bearer " + token);
        } else if (random.nextBoolean()) {
            headers.put("Authorization", any("Bearer x", "Bearer a.b.c", "Basic eDp5", "Bearer", "x"));
        }
        if (chance(0.03)) {
            headers.put("Accept", any("text/html", "application/xml", "image/*"));
        }
        if (chance(0.1)) {
            headers.put("X-Request-Id", any("fuzz-1", "a b", "x".repeat(99)));
        }
        JsonNode body = operation.node().path("requestBody").path("content").path("application/json");
        String bytes = null;
        if (!body.isMissingNode()) {
            headers.put("Content-Type", chance(0.05) ? any(TYPES) : "application/json");
            bytes = new String(body(document.resolved(body.get("schema")), badness), StandardCharsets.ISO_8859_1);
        }
        return new Request(path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, bytes);
    }

    private byte[] body(JsonNode schema, double badness) {
        if (chance(badness / 5)) {
            return any(BODIES).getBytes(StandardCharsets.UTF_8);
        }
        if (chance(0.02)) {
            return "{\"x\":".repeat(random.nextInt(4000)).getBytes(StandardCharsets.UTF_8);
        }
        if (chance(0.02)) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        if (chance(0.02)) {
            return new byte[16 * 1024 + random.nextInt(3)];
        }
        byte[] json = value("", schema, badness, 0).toString().getBytes(StandardCharsets.UTF_8);
        return chance(badness / 10) ? Arrays.copyOf(json, random.nextInt(json.length)) : json;
    }

    private JsonNode value(String name, JsonNode given, double badness, int depth) {
        JsonNode schema = document.resolved(given);
        if (chance(badness)) {
            return bad(name, schema);
        }
        return switch (type(schema)) {
            case "object" -> {
                ObjectNode object = JSON.objectNode();
                schema.path("properties").properties().forEach(property -> {
                    boolean required =
                            Arrays.asList(words(schema.path("required"))).contains(property.getKey());
                    if (required ? !chance(badness / 2) : random.nextBoolean()) {
                        object.set(
                                property.getKey(), value(property.getKey(), property.getValue(), badness, depth + 1));
                    }
                });
                if (chance(badness / 2)) {
                    object.set(odd(), bad(name, schema));
                }
                yield object;
            }
            case "array" -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    array.add(value(name, schema.get("items"), badness, depth + 1));
                }
                yield array;
            }
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> JSON.numberNode(random.nextInt(5));
            default -> JSON.textNode(text(name, schema, 0));
        };
    }

    /// Something that the schema does not allow, or barely does.
    private JsonNode bad(String name, JsonNode schema) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.arrayNode().add(odd());
            case 4 -> JSON.objectNode().put(odd().replace("$", "d"), 1);
            case 5 ->
                JSON.textNode("x".repeat(schema.path("maxLength").asInt(random.nextInt(600)) + random.nextInt(2)));
            case 6 -> JSON.numberNode(random.nextDouble() * 1e300);
            default -> JSON.textNode(text(name, schema, 1));
        };
    }

    /// A path's segment: never empty, nor one that leads to another route, nor one with the control characters that the
    /// container refuses by itself (see docs/rest.md).
    private String segment(String name, JsonNode schema, double badness) {
        String text = text(name, schema, badness);
        boolean elsewhere = text.isBlank()
                || text.contains("/")
                || text.contains("\\")
                || text.contains(";")
                || text.chars().anyMatch(Character::isISOControl);
        return elsewhere ? "x" : text;
    }

    private String text(String name, JsonNode schema, double badness) {
        if (chance(badness)) {
            return odd();
        }
        if (schema.has("enum")) {
            return any(words(schema.get("enum")));
        }
        String pattern = schema.path("pattern").asText();
        return switch (type(schema)) {
            case "boolean" -> String.valueOf(random.nextBoolean());
            case "integer" -> String.valueOf(random.nextInt(110));
            default ->
                switch (schema.path("format").asText()) {
                    case "date-time" ->
                        any(
                                "2030-01-31T12:00:00Z",
                                "2020-02-29T23:59:60Z",
                                "0001-01-01T00:00:00Z",
                                "9999-12-31T23:59:59.999Z",
                                "2030-01-31T12:00:00+14:00");
                    case "email" ->
                        any("a@b.example", "fuzz" + random.nextInt() + "@b.example", "x".repeat(60) + "@b.example");
                    default -> {
                        if (pattern.contains("{24}")) {
                            yield any(name.equals("userId") ? known.user() : known.channel(), known.noId());
                        }
                        if (pattern.contains("{8}(")) {
                            yield any(
                                    name.equals("messageId") ? known.message() : known.noUuid(),
                                    UUID.randomUUID().toString());
                        }
                        if (name.toLowerCase(java.util.Locale.ROOT).contains("password")) {
                            yield any("Correct-horse-7", "Aa1!" + "x".repeat(68), "Aa1!" + "x".repeat(69), "short");
                        }
                        int least = schema.path("minLength").asInt(3);
                        int most = Math.min(schema.path("maxLength").asInt(32), 5000);
                        yield letters(any(least, most, Math.max(0, least - 1), most + 1, least + 5));
                    }
                };
        };
    }

    private String letters(int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText("string");
    }

    private static String[] words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words.toArray(String[]::new);
    }

    private String odd() {
        return any(ODD);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    @SafeVarargs
    private final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
