package storm.ws.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import storm.core.presence.Presence;
import storm.core.queries.Queries;
import storm.core.queries.Query;
import storm.protocol.errors.StormException;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent.PresenceChanged;
import storm.protocol.events.ServerEvent.PresenceSnapshot;
import storm.protocol.ids.UserId;
import storm.ws.connections.Connection;
import storm.ws.redis.Turns;

/// `presence.subscribe` and `presence.unsubscribe`. Only who shares a channel with somebody may watch that one.
///
/// Thread-safe.
@Singleton
public class PresenceHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Presence presence;
    private final Queries queries;
    private final Turns turns;
    private final Clock clock;
    private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();
    private final Map<UserId, Set<Watch>> watchers = new ConcurrentHashMap<>();
    private final Set<Watch> doubtful = ConcurrentHashMap.newKeySet();

    @Inject
    public PresenceHandler(Presence presence, Queries queries, Turns turns, Clock clock) {
        this.presence = presence;
        this.queries = queries;
        this.turns = turns;
        this.clock = clock;
    }

    /// Watches users: `presence.snapshot` with how they stand, then every change.
    ///
    /// @throws StormException VALIDATION_ERROR if they are too many, SERVICE_UNAVAILABLE
    public void subscribe(Connection connection, String requestId, ClientEvent.PresenceSubscribe subscribe) {
        try {
            subscribe(watches.computeIfAbsent(connection, Watch::new), requestId, subscribe);
        } finally {
            if (connection.isClosing()) {
                // It may have been forgotten before it was known.
                forget(connection);
            }
        }
    }

    private void subscribe(Watch watch, String requestId, ClientEvent.PresenceSubscribe subscribe) {
        Connection connection = watch.connection();
        if (watch.sizeWith(subscribe.userIds()) > ClientEvent.PresenceSubscribe.MAX_PER_CONNECTION) {
            throw StormException.invalid(
                    "userIds", "may be " + ClientEvent.PresenceSubscribe.MAX_PER_CONNECTION + " in all");
        }
        Map<UserId, Query.Seen> shared = shared(connection.userId(), subscribe.userIds());
        watch.ask(subscribe.userIds(), shared.keySet());
        watch(watch, shared.keySet());
        try {
            Map<UserId, Presence.State> states = turns.command(() -> presence.of(shared.keySet()));
            watch.answered(
                    online(states), () -> connection.answer(requestId, snapshot(subscribe.userIds(), shared, states)));
        } catch (StormException e) {
            watch.release();
            throw e;
        }
    }

    public void unsubscribe(Connection connection, ClientEvent.PresenceUnsubscribe unsubscribe) {
        Watch watch = watches.get(connection);
        if (watch != null) {
            watch.remove(unsubscribe.userIds());
            unwatch(watch, unsubscribe.userIds());
        }
    }

    /// The connection ended.
    public void forget(Connection connection) {
        Watch watch = watches.remove(connection);
        if (watch != null) {
            unwatch(watch, watch.users());
            doubtful.remove(watch);
        }
    }

    /// Takes an announced change.
    public void changed(PresenceChanged changed) {
        for (Watch watch : watchers.getOrDefault(changed.userId(), Set.of())) {
            watch.changed(changed);
        }
    }

    /// A user may share fewer channels with others from now on; [#recheck] looks.
    public void doubt(UserId userId, Collection<Connection> ofUser) {
        doubtful.addAll(watchers.getOrDefault(userId, Set.of()));
        for (Connection connection : ofUser) {
            Watch watch = watches.get(connection);
            if (watch != null) {
                doubtful.add(watch);
            }
        }
    }

    /// Whoever shares a channel with whom may be another than was known; [#recheck] looks.
    public void doubtAll() {
        doubtful.addAll(watches.values());
    }

    /// Ends the watches over people whom the watcher shares no channel with any more.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE; the rest is looked at next time
    public void recheck() {
        for (Watch watch : List.copyOf(doubtful)) {
            List<UserId> users = watch.users();
            Set<UserId> allowed = new HashSet<>();
            for (int from = 0; from < users.size(); from += ClientEvent.PresenceSubscribe.MAX) {
                List<UserId> some =
                        users.subList(from, Math.min(users.size(), from + ClientEvent.PresenceSubscribe.MAX));
                allowed.addAll(shared(watch.connection().userId(), some).keySet());
            }
            unwatch(watch, watch.keepOnly(allowed, clock.instant()));
            doubtful.remove(watch);
        }
    }

    /// Announcements may have been missed: reads how all watched users stand and tells what is new.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE
    public void reread() {
        for (Watch watch : watches.values()) {
            List<UserId> users = watch.users();
            watch.ask(List.of(), Set.of());
            List<PresenceChanged> read = new ArrayList<>();
            try {
                turns.command(() -> presence.of(users))
                        .forEach((user, state) -> read.add(new PresenceChanged(user, state.online(), clock.instant())));
            } finally {
                watch.corrected(read);
            }
        }
    }

    private Map<UserId, Query.Seen> shared(UserId asker, List<UserId> users) {
        Query.SharedChannelsQuery query = new Query.SharedChannelsQuery(asker, users);
        Map<UserId, Query.Seen> shared = new HashMap<>();
        turns.question(() -> queries.ask(query, PATIENCE)).users().forEach(seen -> shared.put(seen.userId(), seen));
        return shared;
    }

    private static PresenceSnapshot snapshot(
            List<UserId> asked, Map<UserId, Query.Seen> shared, Map<UserId, Presence.State> states) {
        List<storm.protocol.events.ServerEvent.Presence> users = new ArrayList<>();
        for (UserId user : asked) {
            Query.Seen seen = shared.get(user);
            Presence.State state = states.get(user);
            if (seen == null || state == null) {
                users.add(new storm.protocol.events.ServerEvent.Presence(user, false, null));
            } else {
                users.add(new storm.protocol.events.ServerEvent.Presence(
                        user, state.online(), state.lastSeen() == null ? seen.lastSeenAt() : state.lastSeen()));
            }
        }
        return new PresenceSnapshot(users);
    }

    private static Map<UserId, Boolean> online(Map<UserId, Presence.State> states) {
        Map<UserId, Boolean> online = new HashMap<>();
        states.forEach((user, state) -> online.put(user, state.online()));
        return online;
    }

    private void watch(Watch watch, Collection<UserId> users) {
        for (UserId user : users) {
            watchers.compute(user, (_, known) -> {
                Set<Watch> all = known == null ? ConcurrentHashMap.newKeySet(2) : known;
                all.add(watch);
                return all;
            });
        }
    }

    private void unwatch(Watch watch, Collection<UserId> users) {
        for (UserId user : users) {
            watchers.computeIfPresent(user, (_, all) -> {
                all.remove(watch);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
