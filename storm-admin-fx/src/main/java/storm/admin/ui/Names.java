package storm.admin.ui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import storm.client.StormClient;
import storm.client.channels.ChannelsCalls;
import storm.client.users.UsersCalls;
import storm.protocol.channels.Channel;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.users.User;

/// What people and channels are called, for tables that know only their ids: a dash at first, the name once the server
/// has told it. Each is asked for when it is first shown, and the latest few thousand are remembered.
///
/// What finds something blocks and is for the calls of [Work], the rest is for the thread that it answers on.
public final class Names {
    private static final int KEPT = 5_000;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");
    private static final String USER = "user:";
    private static final String CHANNEL = "channel:";

    private final Work work;
    private final Texts texts;
    private final StormClient client;
    private final Map<String, ReadOnlyStringWrapper> known = latest();
    private final Map<ChannelId, String> former = latest();

    public Names(Work work, Texts texts, StormClient client) {
        this.work = work;
        this.texts = texts;
        this.client = client;
    }

    private static <K, V> Map<K, V> latest() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > KEPT;
            }
        };
    }

    public ReadOnlyStringProperty user(UserId id) {
        return named(
                USER + id.value(),
                id.value(),
                () -> client.users().get(id).username(),
                () -> texts.get("names.goneUser"));
    }

    /// A channel's name, with the `#` before it.
    public ReadOnlyStringProperty channel(ChannelId id) {
        return named(
                CHANNEL + id.value(),
                id.value(),
                () -> "#" + client.channels().get(id).name(),
                () -> former.containsKey(id) ? "#" + former.get(id) : texts.get("names.goneChannel"));
    }

    /// Learns what a channel was called, in case that the server has it no more.
    public void remember(ChannelId id, String name) {
        former.put(id, name);
    }

    /// What an audited action was done to: `user:…` and `channel:…` by their names, other things by what they are.
    public ReadOnlyStringProperty target(String target) {
        if (isId(target, USER)) {
            return user(new UserId(target.substring(USER.length())));
        }
        Optional<ChannelId> channel = channelOf(target);
        if (channel.isPresent()) {
            return channel(channel.get());
        }
        String kind = target.contains(":") ? target.substring(0, target.indexOf(':')) : target;
        return new ReadOnlyStringWrapper(texts.getOr("names.kind." + kind, target)).getReadOnlyProperty();
    }

    /// The channel that an audited action was done to; empty if it was done to something else.
    public static Optional<ChannelId> channelOf(String target) {
        return isId(target, CHANNEL)
                ? Optional.of(new ChannelId(target.substring(CHANNEL.length())))
                : Optional.empty();
    }

    /// The user of this id or exact name.
    ///
    /// @throws StormException VALIDATION_ERROR if there is none
    public UserId findUser(String idOrName) {
        if (ID.matcher(idOrName).matches()) {
            return new UserId(idOrName);
        }
        for (boolean active : new boolean[] {true, false}) {
            for (User user : client.users()
                    .list(new UsersCalls.Filter(idOrName, null, active), storm.protocol.rest.Page.MAX_LIMIT, null)
                    .items()) {
                if (user.username().equalsIgnoreCase(idOrName)) {
                    return user.id();
                }
            }
        }
        throw StormException.invalid("user", texts.get("names.noUser", idOrName));
    }

    /// The channel of this id or exact name, with or without the `#`.
    ///
    /// @throws StormException VALIDATION_ERROR if there is none
    public ChannelId findChannel(String idOrName) {
        if (ID.matcher(idOrName).matches()) {
            return new ChannelId(idOrName);
        }
        String name = idOrName.startsWith("#") ? idOrName.substring(1) : idOrName;
        for (Channel channel : client.channels()
                .list(new ChannelsCalls.Filter(name, true, true), storm.protocol.rest.Page.MAX_LIMIT, null)
                .items()) {
            if (channel.name().equalsIgnoreCase(name)) {
                return channel.id();
            }
        }
        throw StormException.invalid("channel", texts.get("names.noChannel", idOrName));
    }

    /// The target of audited actions that somebody means by `#channel`, a user's name, or its full form `kind:id`.
    ///
    /// @throws StormException VALIDATION_ERROR if there is none
    public String findTarget(String text) {
        if (text.contains(":")) {
            return text;
        }
        return text.startsWith("#")
                ? CHANNEL + findChannel(text).value()
                : USER + findUser(text).value();
    }

    private static boolean isId(String target, String kind) {
        return target.startsWith(kind)
                && ID.matcher(target.substring(kind.length())).matches();
    }

    /// @param gone what it is called once the server has it no more
    private ReadOnlyStringProperty named(String key, String id, Callable<String> ask, Supplier<String> gone) {
        ReadOnlyStringWrapper name = known.get(key);
        if (name == null) {
            ReadOnlyStringWrapper fresh = new ReadOnlyStringWrapper("–");
            known.put(key, fresh);
            work.run(ask, fresh::set, e -> {
                if (e.code() == ErrorCode.NOT_FOUND) {
                    fresh.set(gone.get());
                } else {
                    // Not to be had now: the id stands for it, and the next look asks again.
                    fresh.set(id);
                    known.remove(key);
                }
            });
            name = fresh;
        }
        return name.getReadOnlyProperty();
    }
}
