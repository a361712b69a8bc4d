package storm.rest.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import storm.core.net.ClientAddress;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;

/// The frame of every request: its id and address, the headers of its answer, one line in the log, its metrics.
@Singleton
public class RequestFilter implements Filter {
    private static final System.Logger LOG = System.getLogger(RequestFilter.class.getName());
    private static final int MAX_USER_AGENT = 256;

    private final ClientAddress addresses;
    private final CrossOrigin crossOrigin;
    private final Answers answers;
    private final RestMetrics metrics;

    @Inject
    public RequestFilter(RestConfig config, Clock clock, RestMetrics metrics) {
        this.addresses = config.addresses();
        this.crossOrigin = new CrossOrigin(config.origins());
        this.answers = new Answers(clock, metrics);
        this.metrics = metrics;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String userAgent = http.getHeader("User-Agent");
        RequestContext context = new RequestContext(
                RequestIds.of(http.getHeader(RequestIds.HEADER)),
                addresses.of(http.getRemoteAddr(), Collections.list(http.getHeaders("X-Forwarded-For"))),
                userAgent == null ? null : userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT)),
                new AtomicReference<>());
        long start = System.nanoTime();
        try {
            ScopedValue.where(RequestContext.CURRENT, context).call(() -> {
                serve(http, answer, chain, context);
                return context;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            done(http, answer, context, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void serve(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, RequestContext context)
            throws IOException, ServletException {
        SecurityHeaders.set(response, isSecure(request));
        response.setHeader(RequestIds.HEADER, context.id());
        if (crossOrigin.answered(request, response)) {
            return;
        }
        try {
            MediaTypes.check(request);
            chain.doFilter(request, new EnvelopedErrors(response, answers));
        } catch (StormException e) {
            answers.write(response, e);
        } catch (IOException | ServletException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            LOG.log(Level.ERROR, () -> "request " + context.id() + " failed", e);
            response.resetBuffer();
            answers.write(response, new StormException(ErrorCode.INTERNAL_ERROR, "internal error"));
        }
    }

    private boolean isSecure(HttpServletRequest request) {
        // Not isSecure(), which believes anybody's X-Forwarded-Proto.
        return request.getAttribute("jakarta.servlet.request.cipher_suite") != null
                || (addresses.isTrusted(request.getRemoteAddr())
                        && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")));
    }

    private void done(HttpServletRequest request, HttpServletResponse response, RequestContext context, Duration took) {
        metrics.request(request.getMethod(), response.getStatus(), took);
        UserId user = context.user().get();
        LOG.log(
                Level.INFO,
                () -> "request method=" + request.getMethod() + " path=" + LogText.of(request.getRequestURI())
                        + " status=" + response.getStatus() + " ms=" + took.toMillis() + " requestId=" + context.id()
                        + " userId=" + (user == null ? "-" : user.value()) + " address=" + context.address());
    }
}
