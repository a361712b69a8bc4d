package storm.bench.worker.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storm.bench.worker.Stage;
import storm.core.channelevents.ChannelEvents;
import storm.core.channelevents.ChannelFrame;
import storm.core.config.QueueConfig;
import storm.core.deadletters.DeadLetterBox;
import storm.core.deadletters.FailureReason;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.messages.DeliveryStatus;
import storm.store.messages.StoredMessage;

/// What was acked in a round, and whether it came to what was promised. Thread-safe in the noting, one channel by one
/// thread.
final class Ledger {
    private static final int MOST_EVENTS = 5000;

    private final ChannelEvents events;
    private final DeadLetterBox deadLetters;
    private final Stage stage;
    private final Map<ChannelId, Account> accounts = new HashMap<>();

    /// One channel's round.
    private static final class Account {
        /// The seq of the last event before the round.
        private long before;

        private final List<Expected> expected = new ArrayList<>();
        private final Set<MessageId> refused = new HashSet<>();
    }

    /// An event that must be published.
    private record Expected(String kind, MessageId id) {}

    Ledger(Stage stage) {
        this.stage = stage;
        this.events = new ChannelEvents(stage.redis, stage.cipher);
        this.deadLetters = new DeadLetterBox(stage.redis, QueueConfig.STANDARD);
        stage.channels.forEach(channel -> accounts.put(channel, new Account()));
    }

    /// Begins a round, with all of the one before accounted for.
    void begin() {
        accounts.forEach((channel, account) -> {
            account.before = events.newest(channel);
            account.expected.clear();
            account.refused.clear();
        });
    }

    void sent(ChannelId channel, MessageId id) {
        account(channel).expected.add(new Expected("new", id));
    }

    void edited(ChannelId channel, MessageId id) {
        account(channel).expected.add(new Expected("edited", id));
    }

    /// Acked, but by one who is no member.
    void refused(ChannelId channel, MessageId id) {
        account(channel).refused.add(id);
    }

    private Account account(ChannelId channel) {
        Account account = accounts.get(channel);
        if (account == null) {
            throw new IllegalArgumentException("no channel of this run: " + channel);
        }
        return account;
    }

    /// Whether as much has come out as was acked.
    boolean isSettled() {
        long dead = 0;
        for (Map.Entry<ChannelId, Account> each : accounts.entrySet()) {
            Account account = each.getValue();
            dead += account.refused.size();
            if (published(each.getKey(), account).size() < account.expected.size()
                    || !rows(account).stream().allMatch(row -> row.status() == DeliveryStatus.DELIVERED)) {
                return false;
            }
        }
        return letters().size() >= dead;
    }

    /// What is not as promised, a sentence each.
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        Set<MessageId> refused = new HashSet<>();
        accounts.forEach((channel, account) -> {
            check(channel, account, faults);
            refused.addAll(account.refused);
        });
        List<DeadLetter> letters = letters();
        for (DeadLetter letter : letters) {
            if (!refused.remove(letter.messageId())) {
                faults.add("a dead letter that should not be, or twice: " + letter);
            } else if (!letter.failureReason().equals(FailureReason.NOT_A_MEMBER.wire())) {
                faults.add("a dead letter for another reason than it should: " + letter);
            }
        }
        if (!refused.isEmpty()) {
            faults.add(refused.size() + " messages of one who is no member are no dead letters, such as "
                    + refused.iterator().next());
        }
        return faults;
    }

    /// Drops the round's dead letters; whether none is left.
    boolean dropLetters() {
        deadLetters.discardAll(letters().stream().map(DeadLetter::id).toList());
        return letters().isEmpty();
    }

    private void check(ChannelId channel, Account account, List<String> faults) {
        List<ServerEvent.ChannelEvent> published = published(channel, account);
        List<Expected> found = published.stream().map(Ledger::expected).toList();
        if (!found.equals(account.expected)) {
            faults.add("in channel %s %d events were expected and %d published; the first that differs is number %d"
                    .formatted(
                            channel, account.expected.size(), found.size(), firstDifference(account.expected, found)));
        }
        long last = account.before;
        for (ServerEvent.ChannelEvent event : published) {
            if (event.seq() <= last) {
                faults.add("in channel %s seq %d comes after %d".formatted(channel, event.seq(), last));
            }
            last = event.seq();
        }
        Map<MessageId, StoredMessage> stored = new HashMap<>();
        rows(account).forEach(row -> stored.put(row.messageId(), row));
        for (ServerEvent.ChannelEvent event : published) {
            if (event instanceof ServerEvent.MessageNew sent) {
                StoredMessage row = stored.get(sent.messageId());
                if (row == null || row.seq() != sent.seq()) {
                    faults.add("message %s was published as seq %d and is stored as %s"
                            .formatted(sent.messageId(), sent.seq(), row));
                }
            }
        }
    }

    private static int firstDifference(List<Expected> one, List<Expected> other) {
        int i = 0;
        while (i < Math.min(one.size(), other.size()) && one.get(i).equals(other.get(i))) {
            i++;
        }
        return i + 1;
    }

    private List<ServerEvent.ChannelEvent> published(ChannelId channel, Account account) {
        return events.after(channel, account.before, MOST_EVENTS).frames().stream()
                .map(Ledger::event)
                .toList();
    }

    private List<StoredMessage> rows(Account account) {
        return stage.messages.findAll(account.expected.stream()
                .filter(each -> each.kind.equals("new"))
                .map(Expected::id)
                .toList());
    }

    private List<DeadLetter> letters() {
        return deadLetters
                .list(new DeadLetterFilter(null, null), MOST_EVENTS, null)
                .items();
    }

    private static ServerEvent.ChannelEvent event(ChannelFrame frame) {
        return (ServerEvent.ChannelEvent)
                ServerFrame.decode(frame.text()).orElseThrow().event();
    }

    private static Expected expected(ServerEvent.ChannelEvent event) {
        return switch (event) {
            case ServerEvent.MessageNew sent -> new Expected("new", sent.messageId());
            case ServerEvent.MessageEdited edited -> new Expected("edited", edited.messageId());
            case ServerEvent.MessageDeleted deleted -> new Expected("deleted", deleted.messageId());
        };
    }
}
