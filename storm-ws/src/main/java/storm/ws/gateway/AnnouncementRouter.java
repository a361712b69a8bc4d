package storm.ws.gateway;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import storm.core.crypto.BrokenSealException;
import storm.core.membership.MembershipBroadcast;
import storm.core.membership.MembershipChanged;
import storm.core.presence.Presence;
import storm.core.redis.Keys;
import storm.core.sessions.SessionBroadcast;
import storm.core.signals.UserSignals;
import storm.protocol.channels.ChannelChange;
import storm.protocol.errors.StormException;
import storm.ws.channels.Channels;
import storm.ws.connections.Connection;
import storm.ws.connections.Connections;
import storm.ws.connections.Frame;
import storm.ws.presence.PresenceHandler;
import storm.ws.redis.Announcements;
import storm.ws.sessions.SessionHandler;

/// Hands what all servers announce to the feature that it is for. Runs on the subscription's thread; never blocks.
@Singleton
public class AnnouncementRouter {
    private static final System.Logger LOG = System.getLogger(AnnouncementRouter.class.getName());

    private final Announcements announcements;
    private final Connections connections;
    private final Channels channels;
    private final SessionHandler sessions;
    private final PresenceHandler presence;
    private final UserSignals signals;

    @Inject
    public AnnouncementRouter(
            Announcements announcements,
            Connections connections,
            Channels channels,
            SessionHandler sessions,
            PresenceHandler presence,
            UserSignals signals) {
        this.announcements = announcements;
        this.connections = connections;
        this.channels = channels;
        this.sessions = sessions;
        this.presence = presence;
        this.signals = signals;
    }

    /// Subscribes to everything that is not a channel's own.
    public void listen() {
        on(Keys.MEMBERSHIP, message -> membership(MembershipBroadcast.parse(message)));
        on(Keys.SESSIONS, message -> sessions.revoked(SessionBroadcast.parse(message)));
        on(Keys.PRESENCE, message -> presence.changed(Presence.parse(message)));
        on(Keys.USERS, message -> user(UserSignals.parse(message)));
    }

    private void membership(MembershipChanged changed) {
        // Who watches somebody of a deleted channel was in it too, so those who are here are all that matter.
        List<Connection> gone =
                changed.change() == ChannelChange.DELETED ? channels.members(changed.channelId()) : List.of();
        channels.changed(changed);
        gone.forEach(connection -> presence.doubt(connection.userId(), List.of(connection)));
        if (changed.change() == ChannelChange.MEMBER_REMOVED && changed.userId() != null) {
            presence.doubt(changed.userId(), connections.of(changed.userId()));
        }
    }

    private void user(UserSignals.Signal signal) {
        var ofUser = connections.of(signal.userId());
        if (!ofUser.isEmpty()) {
            Frame frame = Frame.of(signals.open(signal));
            ofUser.forEach(connection -> connection.send(frame));
        }
    }

    private void on(String topic, Consumer<String> handler) {
        announcements.listen(topic, message -> {
            try {
                handler.accept(message);
            } catch (StormException | BrokenSealException e) {
                LOG.log(WARNING, "an announcement on {0} is none of ours: {1}", topic, e.getMessage());
            }
        });
    }
}
