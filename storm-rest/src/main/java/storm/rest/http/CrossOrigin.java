package storm.rest.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/// Cross-origin calls from browsers: allowed for the origins of the allow-list and no others (WHATWG Fetch, CORS
/// protocol).
final class CrossOrigin {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String ASKED_HEADERS = "Authorization, Content-Type, X-Request-Id";
    private static final String SHOWN_HEADERS =
            "X-Request-Id, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";
    private static final String SECONDS_KEPT = "600";

    private final Set<String> origins;

    CrossOrigin(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /// Sets what a browser must see, and tells whether the request was a preflight and is answered with it.
    boolean answered(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        response.addHeader("Vary", "Origin");
        boolean allowed = origins.contains(origin);
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", SHOWN_HEADERS);
        }
        if (!"OPTIONS".equals(request.getMethod()) || request.getHeader("Access-Control-Request-Method") == null) {
            return false;
        }
        if (allowed) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            response.setHeader("Access-Control-Allow-Headers", ASKED_HEADERS);
            response.setHeader("Access-Control-Max-Age", SECONDS_KEPT);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return true;
    }
}
