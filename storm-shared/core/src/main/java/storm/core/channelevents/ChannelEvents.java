package storm.core.channelevents;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.StreamEntry;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;

/// Channel events as gateways read them: opened from the topic's messages or read back from the stream.
///
/// An event is sealed once, as the finished frame `{"event","requestId":"","payload"}`, so a gateway sends the very
/// text.
/// Touches `storm:ch:{id}:events`. Thread-safe.
@Singleton
public class ChannelEvents {
    private final UnifiedJedis redis;
    private final TransportCipher cipher;

    @Inject
    public ChannelEvents(UnifiedJedis redis, TransportCipher cipher) {
        this.redis = redis;
        this.cipher = cipher;
    }

    /// The topic to subscribe to.
    public static String topic(ChannelId channel) {
        return Keys.channel(channel);
    }

    /// The seq of a topic's message, without opening it.
    public static long seqOf(String message) {
        return Long.parseLong(message, 0, message.indexOf(':'), 10);
    }

    /// When a topic's message was published, in microseconds of the epoch by Redis's clock; 0 if it does not say.
    public static long publishedMicros(String message) {
        int last = message.lastIndexOf(':');
        return last == message.indexOf(':') ? 0 : Long.parseLong(message, last + 1, message.length(), 10);
    }

    /// Opens a topic's message.
    ///
    /// @throws BrokenSealException if it was not sealed with this installation's transport key for this place
    public ChannelFrame open(ChannelId channel, String message) {
        int first = message.indexOf(':');
        int last = message.lastIndexOf(':');
        return open(channel, seqOf(message), message.substring(first + 1, last == first ? message.length() : last));
    }

    /// Seals an event for the stream and the topic.
    public String seal(ServerEvent.ChannelEvent event) {
        return cipher.seal(
                context(event.channelId(), event.seq()),
                ServerFrame.unasked(event).encode());
    }

    /// The newest seq that is kept, 0 if nothing is.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach
    public long newest(ChannelId channel) {
        List<StreamEntry> last = RedisFaults.translated(() -> redis.xrevrange(Keys.events(channel), "+", "-", 1));
        return last.isEmpty() ? 0 : last.getFirst().getID().getTime();
    }

    /// The events after a seq, oldest first, at most `limit`.
    ///
    /// An empty stream is complete as far as it can tell: compare with the channel's lastSeq, since it may have
    /// lapsed.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach
    public Replay after(ChannelId channel, long afterSeq, int limit) {
        return RedisFaults.translated(() -> {
            String key = Keys.events(channel);
            List<StreamEntry> found = redis.xrange(key, "(" + afterSeq + "-0", "+", limit + 1);
            List<ChannelFrame> frames = new ArrayList<>();
            long upTo = afterSeq;
            boolean opened = true;
            for (StreamEntry entry : found.subList(0, Math.min(limit, found.size()))) {
                upTo = entry.getID().getTime();
                try {
                    frames.add(open(channel, upTo, field(entry)));
                } catch (BrokenSealException e) {
                    opened = false; // Of another transport key, or spoilt: the rest is good all the same.
                }
            }
            return new Replay(frames, opened && isKept(key, afterSeq, found), upTo, found.size() > limit);
        });
    }

    /// Whether the stream still holds everything after that seq: it begins at or before it, or directly after.
    private boolean isKept(String key, long afterSeq, List<StreamEntry> found) {
        if (found.isEmpty() || found.getFirst().getID().getTime() == afterSeq + 1) {
            return true;
        }
        List<StreamEntry> first = redis.xrange(key, "-", "+", 1);
        return !first.isEmpty() && first.getFirst().getID().getTime() <= Math.max(1, afterSeq);
    }

    private ChannelFrame open(ChannelId channel, long seq, String sealed) {
        return new ChannelFrame(channel, seq, cipher.openText(context(channel, seq), sealed));
    }

    private static String field(StreamEntry entry) {
        Map<String, String> fields = entry.getFields();
        return fields.getOrDefault("e", "");
    }

    private static String context(ChannelId channel, long seq) {
        return "event|" + channel.value() + "|" + seq;
    }
}
