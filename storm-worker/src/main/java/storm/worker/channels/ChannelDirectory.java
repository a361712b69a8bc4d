package storm.worker.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.store.channels.ChannelState;
import storm.store.channels.ChannelStates;

/// The channels of the jobs at hand, kept for half a second and dropped as soon as one changes.
///
/// So a change counts at the latest half a second after it was stored, even if its broadcast was lost.
/// Thread-safe.
@Singleton
public class ChannelDirectory {
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final int MAX_KEPT = 5000;

    private final ChannelStates states;
    private final Clock clock;
    private final Map<ChannelId, Seen> kept = new ConcurrentHashMap<>();

    private record Seen(Optional<ChannelState> state, Instant at) {}

    @Inject
    public ChannelDirectory(ChannelStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /// These channels; one that is not there is absent.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if the database is out of reach
    public Map<ChannelId, ChannelState> of(Collection<ChannelId> ids) {
        // The time before the read: a change during it must not look fresh for longer.
        Instant now = clock.instant();
        Map<ChannelId, ChannelState> found = new HashMap<>();
        List<ChannelId> missing = new ArrayList<>();
        for (ChannelId id : ids) {
            Seen seen = kept.get(id);
            if (seen == null || seen.at.plus(FRESH).isBefore(now)) {
                missing.add(id);
            } else {
                seen.state.ifPresent(state -> found.put(id, state));
            }
        }
        if (!missing.isEmpty()) {
            if (kept.size() > MAX_KEPT) {
                kept.clear();
            }
            Map<ChannelId, ChannelState> read = states.of(missing);
            missing.forEach(id -> kept.put(id, new Seen(Optional.ofNullable(read.get(id)), now)));
            found.putAll(read);
        }
        return found;
    }

    /// Forgets a channel, so that the next question reads it.
    public void forget(ChannelId id) {
        kept.remove(id);
    }

    /// Forgets all, after changes may have been missed.
    public void forgetAll() {
        kept.clear();
    }
}
