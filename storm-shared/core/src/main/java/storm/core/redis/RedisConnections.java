package storm.core.redis;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;
import storm.core.config.RedisConfig;

/// Opens connections to Redis: the pooled client for commands and single ones for subscribers.
///
/// Every wait is finite: 1 s to connect, 0.9 s for an answer, 0.1 s for a free connection of the pool. Twice the
/// answer's is less than the 2 s in which REST answers while Redis hangs: who gives a broken connection back waits for
/// the pool to open another.
@Singleton
public class RedisConnections {
    private static final int CONNECT_MS = 1000;
    private static final int ANSWER_MS = 900;
    private static final Duration POOL_WAIT = Duration.ofMillis(100);
    private static final int POOL_SIZE = 48;

    private final RedisConfig config;

    @Inject
    public RedisConnections(RedisConfig config) {
        this.config = config;
    }

    /// A pooled client. Thread-safe; the caller closes it.
    @Produces
    @Singleton
    public UnifiedJedis client() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL_SIZE);
        pool.setMaxIdle(POOL_SIZE);
        pool.setMinIdle(1);
        pool.setMaxWait(POOL_WAIT);
        // After a restart of Redis, what is left of the old connections is found and dropped within a second.
        pool.setTestWhileIdle(true);
        pool.setTimeBetweenEvictionRuns(Duration.ofSeconds(1));
        pool.setNumTestsPerEvictionRun(-1);
        pool.setJmxEnabled(false);
        DefaultJedisClientConfig client = settings(ANSWER_MS).build();
        if (config.isCluster()) {
            return RedisClusterClient.builder()
                    .nodes(config.nodes().stream()
                            .map(RedisConnections::address)
                            .collect(Collectors.toSet()))
                    .clientConfig(client)
                    .poolConfig(pool)
                    .maxAttempts(3)
                    .maxTotalRetriesDuration(Duration.ofMillis(ANSWER_MS))
                    .build();
        }
        return RedisClient.builder()
                .hostAndPort(address(config.nodes().getFirst()))
                .clientConfig(client)
                .poolConfig(pool)
                .build();
    }

    void close(@Disposes UnifiedJedis client) {
        client.close();
    }

    /// One connection for pub/sub; `turn` walks through the nodes of a cluster, any of which will do.
    PubSubConnection pubSub(int turn, Duration silence) {
        List<URI> nodes = config.nodes();
        URI node = nodes.get(Math.floorMod(turn, nodes.size()));
        return new PubSubConnection(
                address(node), settings((int) silence.toMillis()).resp2().build());
    }

    private DefaultJedisClientConfig.Builder settings(int answerMs) {
        URI first = config.nodes().getFirst();
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(CONNECT_MS)
                .socketTimeoutMillis(answerMs)
                .blockingSocketTimeoutMillis(answerMs);
        if (config.isTls()) {
            builder.sslOptions(SslOptions.defaults());
        }
        String password = JedisURIHelper.getPassword(first);
        if (password != null) {
            builder.user(JedisURIHelper.getUser(first)).password(password);
        }
        if (!config.isCluster()) {
            builder.database(JedisURIHelper.getDBIndex(first));
        }
        return builder;
    }

    private static HostAndPort address(URI node) {
        return new HostAndPort(node.getHost(), node.getPort());
    }
}
