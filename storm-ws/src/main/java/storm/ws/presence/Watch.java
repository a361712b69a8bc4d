package storm.ws.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storm.protocol.events.ServerEvent.PresenceChanged;
import storm.protocol.ids.UserId;
import storm.ws.connections.Connection;

/// The users that one connection watches, and what it was last told of each.
///
/// A change that comes while the true state is read waits until that is told, since it may be newer. Thread-safe.
final class Watch {
    private final Connection connection;
    private final Map<UserId, Boolean> told = new HashMap<>();
    /// Asked for, but not to be told of: they share no channel with the watcher. They count all the same.
    private final Set<UserId> strangers = new HashSet<>();
    private final List<PresenceChanged> sinceAsked = new ArrayList<>();
    /// How many read the true state at this moment.
    private int asking;

    Watch(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    synchronized List<UserId> users() {
        return List.copyOf(told.keySet());
    }

    /// How many it would watch with these.
    synchronized int sizeWith(Collection<UserId> more) {
        return told.size()
                + strangers.size()
                + (int) more.stream()
                        .distinct()
                        .filter(user -> !told.containsKey(user) && !strangers.contains(user))
                        .count();
    }

    /// Watches, of those asked for, the ones that share a channel with the watcher; from now on changes are held back,
    /// until [#answered] or [#release].
    synchronized void ask(Collection<UserId> users, Set<UserId> sharing) {
        for (UserId user : users) {
            if (sharing.contains(user)) {
                strangers.remove(user);
                told.putIfAbsent(user, false);
            } else if (!told.containsKey(user)) {
                strangers.add(user);
            }
        }
        asking++;
    }

    synchronized void remove(Collection<UserId> users) {
        told.keySet().removeAll(users);
        strangers.removeAll(users);
    }

    /// Tells the states that were read by `tell`, then what changed since they were asked for.
    synchronized void answered(Map<UserId, Boolean> online, Runnable tell) {
        told.replaceAll((user, before) -> online.getOrDefault(user, before));
        tell.run();
        release();
    }

    /// Tells what is new by the states that were read, then what changed since they were asked for.
    synchronized void corrected(List<PresenceChanged> read) {
        read.forEach(this::tell);
        asking--;
        if (asking == 0) {
            sinceAsked.forEach(this::tell);
            sinceAsked.clear();
        }
    }

    /// Tells what was held back.
    synchronized void release() {
        corrected(List.of());
    }

    /// Tells a change, if it is one.
    synchronized void changed(PresenceChanged changed) {
        if (asking > 0 && told.containsKey(changed.userId())) {
            sinceAsked.add(changed);
        } else {
            tell(changed);
        }
    }

    private void tell(PresenceChanged changed) {
        Boolean before = told.replace(changed.userId(), changed.isOnline());
        if (before != null && before != changed.isOnline()) {
            connection.send(changed);
        }
    }

    /// Stops watching all but these; whoever was online goes offline for the watcher.
    ///
    /// @return those no longer watched
    synchronized List<UserId> keepOnly(Set<UserId> allowed, Instant now) {
        List<UserId> dropped =
                told.keySet().stream().filter(user -> !allowed.contains(user)).toList();
        for (UserId user : dropped) {
            tell(new PresenceChanged(user, false, now));
            told.remove(user);
            strangers.add(user);
        }
        return dropped;
    }
}
