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
import java.util.concurrent.atomic.AtomicLong;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.store.channels.ChannelState;
import storm.store.channels.ChannelStates;

/// The channels of the jobs at hand, kept for a second and dropped as soon as one changes.
///
/// A change is broadcast once it is stored, and a lost connection makes this forget all: so a change counts at once.
/// That it counts after a second at the latest is for broadcasts that were never sent. Thread-safe.
@Singleton
public class ChannelDirectory {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MAX_KEPT = 5000;

    private final ChannelStates states;
    private final Clock clock;
    private final Map<ChannelId, Seen> kept = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

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
            long before = changes.get();
            Map<ChannelId, ChannelState> read = states.of(missing);
            if (changes.get() == before) { // Else it may have been read before a change that is forgotten already.
                missing.forEach(id -> kept.put(id, new Seen(Optional.ofNullable(read.get(id)), now)));
            }
            found.putAll(read);
        }
        return found;
    }

    /// Forgets a channel, so that the next question reads it.
    public void forget(ChannelId id) {
        changes.incrementAndGet();
        kept.remove(id);
    }

    /// Forgets all, after changes may have been missed.
    public void forgetAll() {
        changes.incrementAndGet();
        kept.clear();
    }
}
