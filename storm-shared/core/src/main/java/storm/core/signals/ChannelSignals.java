package storm.core.signals;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import redis.clients.jedis.UnifiedJedis;
import storm.core.channelevents.ChannelEvents;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.core.redis.RedisFaults;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// Tells the connected members of a channel something that is no part of its sequence, such as typing.
///
/// Redis: the channel's topic `storm:ch:{id}`, which the gateways with members follow anyway; message
/// `~<userId>:<sealed frame>`, where the user is the one it is about, who is not told. Thread-safe.
@Singleton
public class ChannelSignals {
    private static final char MARK = '~';

    private final UnifiedJedis redis;
    private final TransportCipher cipher;

    /// A signal as it arrives.
    ///
    /// @param about whose connections are not told
    /// @param text the finished frame
    public record Signal(UserId about, String text) {
        @Override
        public String toString() {
            return "Signal[about " + about + "]";
        }
    }

    @Inject
    public ChannelSignals(UnifiedJedis redis, TransportCipher cipher) {
        this.redis = redis;
        this.cipher = cipher;
    }

    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    public void publish(ChannelId channelId, UserId about, ServerEvent event) {
        String sealed = cipher.seal(
                context(channelId, about), ServerFrame.unasked(event).encode());
        RedisFaults.translated(
                () -> redis.publish(ChannelEvents.topic(channelId), MARK + about.value() + ":" + sealed));
    }

    /// Whether a message of a channel's topic is a signal and no event.
    public static boolean isSignal(String message) {
        return !message.isEmpty() && message.charAt(0) == MARK;
    }

    /// Opens a signal.
    ///
    /// @throws BrokenSealException if it was not sealed with this installation's key for this place
    public Signal open(ChannelId channelId, String message) {
        int colon = message.indexOf(':');
        if (colon < 0) {
            throw new BrokenSealException("not a signal");
        }
        UserId about = new UserId(message.substring(1, colon));
        return new Signal(about, cipher.openText(context(channelId, about), message.substring(colon + 1)));
    }

    private static String context(ChannelId channelId, UserId about) {
        return "signal|" + channelId.value() + "|" + about.value();
    }
}
