package storm.ws.gateway;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import storm.core.config.Settings;
import storm.ws.connections.ConnectionLimits;
import storm.ws.handshake.HandshakeConfig;

/// The settings of the gateway alone.
@Singleton
public class GatewayConfig {
    private static final int MAX = 10_000_000;
    private static final int FRAMES_PER_MESSAGE = 20;
    private static final int FAULTS_PER_MINUTE = 10;
    private static final int INBOX_FRAMES = 1_000;
    private static final int INBOX_BYTES = 1 << 20;
    private static final Duration SEND_DEADLINE = Duration.ofSeconds(10);

    @Produces
    @Singleton
    ConnectionLimits limits(Settings settings) {
        return limitsOf(settings);
    }

    @Produces
    @Singleton
    HandshakeConfig handshake(Settings settings) {
        return HandshakeConfig.from(settings);
    }

    public static ConnectionLimits limitsOf(Settings settings) {
        int messages = settings.number("storm.rate.limit.ws", 60, 1, MAX);
        return new ConnectionLimits(
                messages,
                FRAMES_PER_MESSAGE * messages,
                FAULTS_PER_MINUTE,
                INBOX_FRAMES,
                INBOX_BYTES,
                settings.number("storm.ws.outbox.messages", 1_000, 10, MAX),
                settings.number("storm.ws.outbox.bytes", 1 << 20, ConnectionLimits.MAX_FRAME, Integer.MAX_VALUE),
                SEND_DEADLINE,
                settings.number("storm.ws.max.per.user", 20, 1, MAX),
                settings.number("storm.ws.max.per.address", 1_000, 1, MAX),
                settings.number("storm.ws.max.connections", 20_000, 1, MAX));
    }
}
