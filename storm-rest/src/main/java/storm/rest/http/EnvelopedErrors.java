package storm.rest.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Map;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// A response whose errors, also those that the container finds by itself, go out in the error envelope.
final class EnvelopedErrors extends HttpServletResponseWrapper {
    private final HttpServletResponse response;
    private final Answers answers;

    EnvelopedErrors(HttpServletResponse response, Answers answers) {
        super(response);
        this.response = response;
        this.answers = answers;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (response.isCommitted()) {
            throw new IllegalStateException("the answer is on its way");
        }
        response.resetBuffer();
        answers.write(response, ofStatus(status));
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    /// What a bare status means in Storm's words.
    static StormException ofStatus(int status) {
        return switch (status) {
            case 404 -> StormException.notFound("route");
            case 405 -> new StormException(ErrorCode.METHOD_NOT_ALLOWED, "this route has no such method");
            case 406 -> new StormException(ErrorCode.NOT_ACCEPTABLE, "answers are application/json");
            case 413 -> new StormException(ErrorCode.PAYLOAD_TOO_LARGE, "the body is too large");
            case 415 -> new StormException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "bodies must be application/json");
            default ->
                status >= 400 && status < 500
                        ? StormException.invalid("malformed request", Map.of())
                        : new StormException(ErrorCode.INTERNAL_ERROR, "internal error");
        };
    }
}
