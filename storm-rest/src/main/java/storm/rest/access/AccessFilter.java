package storm.rest.access;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import storm.core.ratelimit.Admission;
import storm.core.ratelimit.RateLimiter;
import storm.core.sessions.AccessTokens;
import storm.core.sessions.Verified;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.rest.http.RequestContext;
import storm.rest.http.RestConfig;
import storm.rest.http.RestMetrics;

/// The one enforcement point in front of every resource: token, revocation, rate limit, permission, in this order.
///
/// MicroProfile JWT authenticates. The container leaves a request without or with a bad token to us, since no route
/// is constrained in its eyes: so the answer is ours, and tells an expired token from a bad one.
@Priority(Priorities.AUTHENTICATION)
@Singleton
public class AccessFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String ADMISSION = "storm.admission";
    private static final String SCHEME = "Bearer ";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final AccessTokens tokens;
    private final RateLimiter limiter;
    private final AccessPolicy policy;
    private final RestConfig config;
    private final RestMetrics metrics;
    private final PrincipalTokens principals;

    @Context
    @Nullable
    ResourceInfo resource;

    @Inject
    public AccessFilter(
            AccessTokens tokens,
            RateLimiter limiter,
            AccessPolicy policy,
            RestConfig config,
            RestMetrics metrics,
            Clock clock) {
        this.tokens = tokens;
        this.limiter = limiter;
        this.policy = policy;
        this.config = config;
        this.metrics = metrics;
        this.principals = new PrincipalTokens(clock);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource == null ? null : resource.getResourceMethod();
        if (method == null) {
            return;
        }
        Public open = method.getAnnotation(Public.class);
        if (open != null) {
            if (open.limited()) {
                countAddress(request);
            }
            return;
        }
        Caller caller = new Caller(authenticated(request));
        RequestContext.current().user().set(caller.userId());
        countUser(request, caller, needsRedis(method, request));
        Requires requires = method.getAnnotation(Requires.class);
        if (requires != null) {
            policy.requireAny(caller, requires.value());
        } else if (!method.isAnnotationPresent(SignedIn.class)) {
            throw new IllegalStateException(method + " does not say who may call it");
        }
        request.setSecurityContext(new SignedInContext(request.getSecurityContext(), caller));
    }

    private static boolean needsRedis(Method method, ContainerRequestContext request) {
        NeedsRedis needs = method.getAnnotation(NeedsRedis.class);
        return needs != null
                && (needs.onlyWith().isEmpty()
                        || request.getUriInfo().getQueryParameters().containsKey(needs.onlyWith()));
    }

    private Verified authenticated(ContainerRequestContext request) {
        if (request.getSecurityContext().getUserPrincipal() instanceof JsonWebToken token) {
            return principals.read(token);
        }
        String header = request.getHeaderString("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new StormException(ErrorCode.UNAUTHORIZED, "an access token is needed");
        }
        return tokens.verify(header.substring(SCHEME.length()).strip());
    }

    /// Public routes fail closed: without the count anybody could guess passwords.
    private void countAddress(ContainerRequestContext request) {
        admit(
                request,
                limiter.address(
                        RequestContext.current().address(), config.limits().publicCalls()));
    }

    /// The others fail open: the token is good, and all that is missing is the count and a recent revocation.
    private void countUser(ContainerRequestContext request, Caller caller, boolean needsRedis) {
        Admission admission;
        try {
            admission = limiter.user(caller.token(), policy.limit(caller));
        } catch (StormException e) {
            if (needsRedis || e.code() != ErrorCode.SERVICE_UNAVAILABLE) {
                throw e;
            }
            metrics.count("limits_unchecked", "open");
            return;
        }
        admit(request, admission);
    }

    private void admit(ContainerRequestContext request, Admission admission) {
        request.setProperty(ADMISSION, admission);
        if (!admission.admitted()) {
            metrics.count("limits_hit", "refused");
            throw new StormException(
                    ErrorCode.RATE_LIMIT_EXCEEDED,
                    "too many requests",
                    Map.of(),
                    admission.reset().isPositive() ? admission.reset() : RETRY_AFTER,
                    null);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(ADMISSION) instanceof Admission admission) {
            response.getHeaders().putSingle("RateLimit-Limit", admission.limit());
            response.getHeaders().putSingle("RateLimit-Remaining", admission.remaining());
            response.getHeaders().putSingle("RateLimit-Reset", admission.resetSeconds());
        }
    }

    /// The container's context with our principal.
    private record SignedInContext(SecurityContext container, Caller caller) implements SecurityContext {
        @Override
        public Caller getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return caller.role().wire().equals(role);
        }

        @Override
        public boolean isSecure() {
            return container.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
