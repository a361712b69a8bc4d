package storm.client.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One call of the REST interface, before it is made.
///
/// @param path below `/api/v1`; ids in it are URL-safe by their form
/// @param body a record of the protocol, or nothing
public record RestCall(
        String method,
        String path,
        Map<String, String> query,
        @Nullable Object body) {
    public static RestCall get(String path) {
        return new RestCall("GET", path, Map.of(), null);
    }

    public static RestCall post(String path, @Nullable Object body) {
        return new RestCall("POST", path, Map.of(), body);
    }

    public static RestCall put(String path, Object body) {
        return new RestCall("PUT", path, Map.of(), body);
    }

    public static RestCall patch(String path, Object body) {
        return new RestCall("PATCH", path, Map.of(), body);
    }

    public static RestCall delete(String path) {
        return new RestCall("DELETE", path, Map.of(), null);
    }

    /// This call with one query parameter more; without, if the value is null.
    public RestCall with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value.toString());
        return new RestCall(method, path, more, body);
    }

    String pathAndQuery() {
        if (query.isEmpty()) {
            return path;
        }
        return query.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
