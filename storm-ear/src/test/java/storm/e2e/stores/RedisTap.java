package storm.e2e.stores;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;
import redis.clients.jedis.exceptions.JedisException;

/// A tap on the line to Redis: every command that anyone sends while it is open, arguments and published messages too,
/// also what is deleted a moment later.
public final class RedisTap implements AutoCloseable {
    private final Queue<String> commands = new ConcurrentLinkedQueue<>();
    private final Jedis redis;
    private final Thread reader;

    private RedisTap(Jedis redis) {
        this.redis = redis;
        this.reader = Thread.ofVirtual().name("redis-tap").unstarted(this::read);
    }

    /// Opens a tap; it has everything from this call's return on.
    public static RedisTap open(String url) {
        RedisTap tap = new RedisTap(new Jedis(URI.create(url), 5_000));
        tap.reader.start();
        String mark = "tap-" + System.nanoTime();
        try (Jedis other = new Jedis(URI.create(url), 5_000)) {
            Awaitility.await().until(() -> {
                other.echo(mark);
                return tap.commands.stream().anyMatch(command -> command.contains(mark));
            });
        }
        return tap;
    }

    private void read() {
        try {
            redis.monitor(new JedisMonitor() {
                @Override
                public void proceed(Connection client) {
                    client.setTimeoutInfinite();
                    super.proceed(client);
                }

                @Override
                public void onCommand(String command) {
                    commands.add(command);
                }
            });
        } catch (JedisException e) {
            // The tap was closed, which is the only way out of MONITOR; its user sees what came until then.
            commands.add("closed");
        }
    }

    public Loot loot() {
        return new Loot(commands.stream()
                .map(command -> new Loot.Item("command " + verb(command), command))
                .toList());
    }

    /// `1339518083.107412 [0 127.0.0.1:60866] "publish" "…"`: the verb and its first argument.
    private static String verb(String command) {
        List<String> words = List.of(command.split(" ", 6));
        return words.size() < 5 ? command : String.join(" ", words.subList(3, 5));
    }

    @Override
    public void close() {
        redis.getConnection().disconnect();
    }
}
