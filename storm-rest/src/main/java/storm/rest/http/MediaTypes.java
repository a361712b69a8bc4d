package storm.rest.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Collections;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Refuses media types that are none, such as `json`, which JAX-RS takes for malformed requests, and packed bodies.
final class MediaTypes {
    private MediaTypes() {}

    /// @throws StormException UNSUPPORTED_MEDIA_TYPE or NOT_ACCEPTABLE
    static void check(HttpServletRequest request) {
        String body = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (body != null && !isMediaType(body)) {
            throw new StormException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "bodies must be application/json");
        }
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            // RESTEasy would unpack it beyond the limit of 16 KiB.
            throw new StormException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "bodies must not be compressed");
        }
        for (String accepted : Collections.list(request.getHeaders(HttpHeaders.ACCEPT))) {
            for (String type : accepted.split(",", -1)) {
                if (!type.isBlank() && !isMediaType(type)) {
                    throw new StormException(ErrorCode.NOT_ACCEPTABLE, "answers are application/json");
                }
            }
        }
    }

    private static boolean isMediaType(String text) {
        try {
            MediaType.valueOf(text.strip());
            return true;
        } catch (RuntimeException _) {
            // RESTEasy throws several kinds.
            return false;
        }
    }
}
