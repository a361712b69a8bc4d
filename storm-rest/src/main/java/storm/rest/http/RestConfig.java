package storm.rest.http;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;
import storm.core.net.ClientAddress;
import storm.core.ratelimit.RateLimitConfig;

/// The settings of the REST server alone.
///
/// @param origins web origins that may call from a browser
/// @param addresses tells whose X-Forwarded-For is believed
public record RestConfig(Set<String> origins, ClientAddress addresses, RateLimitConfig limits) {
    private static final String ORIGINS = "storm.cors.origins";

    public RestConfig {
        origins = Set.copyOf(origins);
    }

    public static RestConfig from(Settings settings) {
        Set<String> origins = new HashSet<>();
        settings.list(ORIGINS).forEach(origin -> origins.add(checkedOrigin(origin)));
        return new RestConfig(origins, ClientAddress.from(settings), RateLimitConfig.from(settings));
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
