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
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.ws.handshake.HandshakeConfig;

/// Looks at a handshake before the upgrade: refuses foreign origins (403) and notes the client's address.
///
/// The endpoint sees only the headers of the request, so the address travels as one of them; a client that sends a
/// header of that name is overruled.
@WebFilter("/ws")
public class HandshakeFilter extends HttpFilter {
    /// The header that carries the address.
    static final String ADDRESS = "Storm-Client-Address";

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
        chain.doFilter(new Addressed(request, address), response);
    }

    private static final class Addressed extends HttpServletRequestWrapper {
        private final String address;

        Addressed(HttpServletRequest request, String address) {
            super(request);
            this.address = address;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return ADDRESS.equalsIgnoreCase(name) ? address : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return ADDRESS.equalsIgnoreCase(name) ? Collections.enumeration(Set.of(address)) : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
            names.add(ADDRESS);
            return Collections.enumeration(names);
        }
    }
}
