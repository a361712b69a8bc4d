package storm.core.redis;

import java.util.Collection;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

/// One RESP2 connection in subscriber mode: any thread writes, one thread reads.
final class PubSubConnection extends Connection {
    private final Object writing = new Object();

    PubSubConnection(HostAndPort address, DefaultJedisClientConfig config) {
        super(address, config);
    }

    void ask(Protocol.Command command, Collection<String> topics) {
        synchronized (writing) {
            sendCommand(command, topics.toArray(String[]::new));
            flush();
        }
    }

    /// Reads what comes next; fails after the socket timeout of silence.
    Object read() {
        return readProtocolWithCheckingBroken();
    }
}
