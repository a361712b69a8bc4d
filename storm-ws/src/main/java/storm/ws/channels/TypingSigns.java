package storm.ws.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import storm.core.signals.ChannelSignals.Signal;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent.Typing;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// Who was last said to be typing where, so that it ends by itself.
///
/// Each gateway keeps it for what it passed on to its own clients: nobody stays typing because the gateway of the
/// writer died. Thread-safe.
@Singleton
public class TypingSigns {
    /// How long a sign lasts without another.
    public static final Duration LIFETIME = Duration.ofSeconds(6);

    private static final String TYPING = "{\"event\":\"typing\"";
    private static final int MAX = 10_000;

    /// Somebody typing somewhere.
    record Sign(ChannelId channelId, UserId userId) {}

    private final Map<Sign, Long> until = new ConcurrentHashMap<>();

    @Inject
    public TypingSigns() {}

    /// Notes a signal that is passed on, if it is one of typing.
    void passed(ChannelId channelId, Signal signal) {
        if (!signal.text().startsWith(TYPING)) {
            return;
        }
        try {
            ServerFrame.decode(signal.text()).ifPresent(frame -> {
                if (frame.event() instanceof Typing typing) {
                    Sign sign = new Sign(channelId, signal.about());
                    if (!typing.active()) {
                        until.remove(sign);
                    } else if (until.size() < MAX || until.containsKey(sign)) {
                        until.put(sign, System.nanoTime() + LIFETIME.toNanos());
                    }
                }
            });
        } catch (StormException _) {
            // Not a frame of this version: passed on all the same, and not ours to end.
        }
    }

    /// Takes out the signs whose time is over.
    List<Sign> lapsed() {
        long now = System.nanoTime();
        List<Sign> lapsed = new ArrayList<>();
        until.forEach((sign, end) -> {
            if (end - now <= 0 && until.remove(sign, end)) {
                lapsed.add(sign);
            }
        });
        return lapsed;
    }
}
