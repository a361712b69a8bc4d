package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import storm.protocol.errors.StormException;

/// Answers what no resource does: every path of this application that does not belong to the API.
@Singleton
public class UnknownRoute extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Answers answers;

    @Inject
    public UnknownRoute(Clock clock) {
        this.answers = new Answers(clock);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.write(response, StormException.notFound("route"));
    }
}
