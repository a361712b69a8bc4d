package storm.ws.endpoint;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.ws.handshake.Credentials;
import storm.ws.handshake.HandshakeConfig;

/// Looks at a handshake before the upgrade: refuses foreign origins (403) and takes note of the client's address and of
/// what it shows to be let in.
///
/// Neither is for the container to see: it keeps the query of every connection, and prints it to its logs when a client
/// breaks the protocol.
@WebFilter("/ws")
public class HandshakeFilter extends HttpFilter {
    private final HandshakeConfig config;
    private final Clock clock;

    @Inject
    public HandshakeFilter(HandshakeConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!config.allows(request.getHeader("Origin"))) {
            Refusal.write(response, new StormException(ErrorCode.FORBIDDEN, "this origin may not connect"), clock);
            return;
        }
        String address =
                config.address().of(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
        Arrival arrival =
                new Arrival(address, Credentials.of(request.getParameterMap(), request.getHeader("Authorization")));
        arrival.during(() -> chain.doFilter(new Discreet(request), response));
    }

    /// The request without what lets the client in.
    private static final class Discreet extends HttpServletRequestWrapper {
        private static final String AUTHORIZATION = "Authorization";

        Discreet(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return AUTHORIZATION.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return AUTHORIZATION.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !AUTHORIZATION.equalsIgnoreCase(name))
                    .toList());
        }
    }
}
