package storm.client.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import storm.client.users.UsersCalls;
import storm.protocol.errors.StormException;
import storm.protocol.ids.UserId;
import storm.protocol.users.User;

/// Names of users by id, asked for once each; the most recent thousand are kept. Thread-safe.
final class Names {
    private static final int KEPT = 1000;

    private final UsersCalls users;
    private final Map<UserId, String> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, String> eldest) {
            return size() > KEPT;
        }
    };

    Names(UsersCalls users) {
        this.users = users;
    }

    String of(UserId id) {
        synchronized (names) {
            String known = names.get(id);
            if (known != null) {
                return known;
            }
        }
        try {
            return note(users.get(id));
        } catch (StormException e) {
            // A name is not worth losing the message for; it is asked for again next time.
            return "user " + id;
        }
    }

    String note(User user) {
        synchronized (names) {
            names.put(user.id(), user.username());
        }
        return user.username();
    }

    /// The id of somebody whose name was seen.
    Optional<UserId> find(String name) {
        synchronized (names) {
            return names.entrySet().stream()
                    .filter(each -> each.getValue().equalsIgnoreCase(name))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }
}
