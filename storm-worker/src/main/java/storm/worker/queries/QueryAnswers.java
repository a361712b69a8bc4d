package storm.worker.queries;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import storm.core.queries.Query;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.Message;
import storm.store.channels.ChannelState;
import storm.store.channels.ChannelStates;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.MessageStore;
import storm.store.messages.StoredMessage;
import storm.store.readmarkers.ReadMarkerStore;
import storm.store.users.UserStore;

/// Finds the answers in the database; texts are decrypted here and nowhere else. Thread-safe.
@Singleton
public class QueryAnswers {
    private static final int MAX_LIMIT = 200;

    private final ChannelStates channels;
    private final MessageStore messages;
    private final MessageCipher cipher;
    private final UserStore users;
    private final ReadMarkerStore readMarkers;

    @Inject
    public QueryAnswers(
            ChannelStates channels,
            MessageStore messages,
            MessageCipher cipher,
            UserStore users,
            ReadMarkerStore readMarkers) {
        this.users = users;
        this.readMarkers = readMarkers;
        this.channels = channels;
        this.messages = messages;
        this.cipher = cipher;
    }

    /// The record that answers.
    ///
    /// @throws StormException SERVICE_UNAVAILABLE if the database is out of reach
    public Object answer(Query<?> query) {
        return switch (query) {
            case Query.MembershipQuery membership -> memberships(membership);
            case Query.HistoryQuery history -> history(history);
            case Query.ContentQuery content -> contents(content);
            case Query.ResumeQuery resume -> resumed(resume);
            case Query.SharedChannelsQuery shared -> shared(shared);
            case Query.DeliveredQuery delivered -> delivered(delivered);
            case Query.ReadQuery read -> marked(read);
        };
    }

    private Query.Memberships memberships(Query.MembershipQuery query) {
        return new Query.Memberships(channels.ofMember(query.userId()).stream()
                .map(state -> new Query.MemberChannel(state.id(), state.lastSeq(), state.archived()))
                .toList());
    }

    private Query.History history(Query.HistoryQuery query) {
        int limit = bounded(query.limit());
        List<StoredMessage> rows = messages.before(query.channelId(), query.beforeSeq(), limit + 1);
        List<Message> shown = rows.stream().limit(limit).map(this::withText).toList();
        return new Query.History(shown, rows.size() > limit);
    }

    private Query.Contents contents(Query.ContentQuery query) {
        Map<String, String> texts = new HashMap<>();
        for (StoredMessage row : messages.findAll(query.messageIds())) {
            if (row.channelId().equals(query.channelId()) && !row.deleted()) {
                cipher.decrypt(place(row), row.text())
                        .ifPresent(text -> texts.put(row.messageId().value(), text));
            }
        }
        return new Query.Contents(texts);
    }

    private Query.Resumed resumed(Query.ResumeQuery query) {
        ChannelId channel = query.channelId();
        int limit = bounded(query.limit());
        List<StoredMessage> rows = messages.after(channel, query.afterSeq(), limit + 1);
        List<Query.StoredFrame> frames = new ArrayList<>();
        for (StoredMessage row : rows.subList(0, Math.min(limit, rows.size()))) {
            cipher.decrypt(place(row), row.text())
                    .ifPresent(text -> frames.add(new Query.StoredFrame(
                            row.seq(), ServerFrame.unasked(event(row, text)).encode())));
        }
        ChannelState state = channels.of(List.of(channel)).get(channel);
        return new Query.Resumed(frames, state == null ? 0 : state.lastSeq(), rows.size() > limit);
    }

    private Query.Shared shared(Query.SharedChannelsQuery query) {
        Set<UserId> sharing = channels.sharing(query.userId(), query.userIds());
        return new Query.Shared(users.findAll(sharing).stream()
                .map(account -> new Query.Seen(account.id(), account.lastSeenAt()))
                .toList());
    }

    private Query.Delivered delivered(Query.DeliveredQuery query) {
        List<StoredMessage> rows = messages.findAll(query.messageIds());
        Map<ChannelId, ChannelState> states =
                channels.of(rows.stream().map(StoredMessage::channelId).collect(Collectors.toSet()));
        return new Query.Delivered(rows.stream()
                .filter(row -> !row.deleted() && !row.senderId().equals(query.userId()))
                .filter(row -> isIn(states.get(row.channelId()), query.userId()))
                .map(row -> new Query.DeliveredMessage(row.messageId(), row.channelId(), row.senderId()))
                .toList());
    }

    private Query.Marked marked(Query.ReadQuery query) {
        ChannelState state = channels.of(List.of(query.channelId())).get(query.channelId());
        if (state == null || !isIn(state, query.userId())) {
            return new Query.Marked(0);
        }
        return new Query.Marked(
                readMarkers.advance(query.userId(), query.channelId(), Math.min(query.seq(), state.lastSeq())));
    }

    private static boolean isIn(@Nullable ChannelState state, UserId user) {
        return state != null && state.members().contains(user);
    }

    private static ServerEvent event(StoredMessage row, String text) {
        return new ServerEvent.MessageNew(
                row.messageId(), row.channelId(), row.senderId(), row.seq(), text, row.createdAt(), row.clientTs());
    }

    private Message withText(StoredMessage row) {
        return row.toMessage(cipher.decrypt(place(row), row.text()).orElse(null));
    }

    private static MessageCipher.Place place(StoredMessage row) {
        return new MessageCipher.Place(row.messageId(), row.channelId(), row.senderId());
    }

    private static int bounded(int limit) {
        return Math.clamp(limit, 1, MAX_LIMIT);
    }
}
