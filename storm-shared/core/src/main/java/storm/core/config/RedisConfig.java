package storm.core.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/// Where Redis is: one URL, or several separated by commas for Redis Cluster.
///
/// `redis://` or `rediss://` (TLS), each with optional credentials. The first one's credentials count for all.
public record RedisConfig(List<URI> nodes) {
    public static final String PROPERTY = "storm.redis.url";
    private static final String EXAMPLE = "redis://127.0.0.1:6379";

    public RedisConfig {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new BadSettingException(PROPERTY, "is missing", EXAMPLE);
        }
    }

    public static RedisConfig from(Settings settings) {
        return of(settings.text(PROPERTY, EXAMPLE));
    }

    /// Reads the value of STORM_REDIS_URL.
    public static RedisConfig of(String urls) {
        return new RedisConfig(Arrays.stream(urls.split(","))
                .map(String::strip)
                .map(RedisConfig::node)
                .toList());
    }

    public boolean isCluster() {
        return nodes.size() > 1;
    }

    public boolean isTls() {
        return "rediss".equals(nodes.getFirst().getScheme());
    }

    private static URI node(String url) {
        try {
            URI uri = URI.create(url);
            boolean scheme = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
            if (scheme && uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below; the cause would repeat the URL with its password.
        }
        throw new BadSettingException(
                PROPERTY, "must be redis:// or rediss:// with host and port (several, by commas: a cluster)", EXAMPLE);
    }

    @Override
    public String toString() {
        return "RedisConfig"
                + nodes.stream()
                        .map(node -> node.getScheme() + "://" + node.getHost() + ":" + node.getPort())
                        .toList();
    }
}
