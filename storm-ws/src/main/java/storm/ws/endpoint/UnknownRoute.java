package storm.ws.endpoint;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import storm.protocol.errors.StormException;

/// Answers every path that is not the gateway's, and a request for `/ws` that asks for no upgrade.
@WebServlet("/")
public class UnknownRoute extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Clock clock;

    @Inject
    public UnknownRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusal.write(
                response,
                "/ws".equals(request.getServletPath())
                        ? StormException.invalid("Upgrade", "must be websocket")
                        : StormException.notFound("route"),
                clock);
    }
}
