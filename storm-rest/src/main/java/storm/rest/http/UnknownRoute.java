package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;

/// Answers what no resource does: every path of this application that does not belong to the API, and what the
/// container refuses by itself.
@Singleton
public class UnknownRoute extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Answers answers;

    @Inject
    public UnknownRoute(Clock clock, RestMetrics metrics) {
        this.answers = new Answers(clock, metrics);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer refused ? refused : 404;
        answers.write(response, EnvelopedErrors.ofStatus(status));
    }
}
