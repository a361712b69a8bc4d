package storm.rest.http;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;
import storm.core.ratelimit.RateLimitConfig;

/// The settings of the REST server alone.
///
/// @param origins web origins that may call from a browser
/// @param trustedProxies peers whose X-Forwarded-For is believed
public record RestConfig(Set<String> origins, List<AddressRange> trustedProxies, RateLimitConfig limits) {
    private static final String ORIGINS = "storm.cors.origins";
    private static final String PROXIES = "storm.trusted.proxies";

    public RestConfig {
        origins = Set.copyOf(origins);
        trustedProxies = List.copyOf(trustedProxies);
    }

    public static RestConfig from(Settings settings) {
        Set<String> origins = new HashSet<>();
        settings.list(ORIGINS).forEach(origin -> origins.add(checkedOrigin(origin)));
        return new RestConfig(
                origins,
                settings.list(PROXIES).stream().map(RestConfig::range).toList(),
                RateLimitConfig.from(settings));
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.of(text);
        } catch (IllegalArgumentException _) {
            throw new BadSettingException(PROXIES, "must be address ranges (CIDR), by commas", "10.0.0.0/8,::1/128");
        }
    }

    private static String checkedOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            if (uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getRawPath().isEmpty()) {
                return origin;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw new BadSettingException(
                ORIGINS, "must be origins by commas, without path; * is refused", "https://chat.example.org");
    }

    /// Gives CDI the settings.
    @Singleton
    static class Producer {
        @Produces
        @Singleton
        RestConfig config(Settings settings) {
            return from(settings);
        }
    }
}
