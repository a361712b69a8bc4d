package storm.worker.pipeline;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import storm.core.channelevents.ChannelPublisher;
import storm.core.deadletters.FailureReason;
import storm.core.queue.Job;
import storm.core.queue.PartitionLease;
import storm.core.queue.QueueEntry;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.DeliveryStatus;
import storm.store.channels.ChannelState;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.MessageStore;
import storm.store.messages.NewMessage;
import storm.store.messages.StoredMessage;
import storm.worker.channels.ChannelDirectory;
import storm.worker.metrics.WorkerMetrics;
import storm.worker.metrics.WorkerMetrics.Stage;

/// Stores and publishes new messages, a run of them at once. Touches collections `channels` and `messages` and
/// the channels' events in Redis. Thread-safe.
@Singleton
public class SendSteps {
    private static final int MAX_MOVES = 10;

    /// Each is looked for among all members of a channel.
    private static final int FEW_SENDERS = 8;

    private final ChannelDirectory directory;
    private final Seqs seqs;
    private final MessageCipher cipher;
    private final MessageStore messages;
    private final ChannelPublisher publisher;
    private final WorkerMetrics metrics;
    private final Clock clock;

    /// What became of a run.
    ///
    /// @param done stored and published, now or before
    record Result(List<QueueEntry> done, Map<OpenedJob<Job.SendMessage>, FailureReason> rejected) {}

    @Inject
    public SendSteps(
            ChannelDirectory directory,
            Seqs seqs,
            MessageCipher cipher,
            MessageStore messages,
            ChannelPublisher publisher,
            WorkerMetrics metrics,
            Clock clock) {
        this.directory = directory;
        this.seqs = seqs;
        this.cipher = cipher;
        this.messages = messages;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// One run on its way: jobs leave `open` as they are rejected or found stored before.
    private static final class Run {
        private final List<OpenedJob<Job.SendMessage>> open;
        private final Map<OpenedJob<Job.SendMessage>, FailureReason> rejected = new LinkedHashMap<>();
        private final Map<MessageId, StoredMessage> before = new HashMap<>();
        private final List<NewMessage> rows = new ArrayList<>();
        private final List<ServerEvent.MessageNew> events = new ArrayList<>();

        Run(List<OpenedJob<Job.SendMessage>> jobs) {
            this.open = new ArrayList<>(jobs);
        }

        private void reject(OpenedJob<Job.SendMessage> job, FailureReason reason) {
            open.remove(job);
            rejected.put(job, reason);
        }
    }

    Result send(PartitionLease lease, List<OpenedJob<Job.SendMessage>> jobs, boolean again) {
        Run run = new Run(jobs);
        if (again) {
            // Known first, they take no new seqs.
            messages.findAll(ids(run.open)).forEach(row -> run.before.put(row.messageId(), row));
        }
        metrics.timed(Stage.ALLOT, () -> allotAtOnce(lease, run));
        if (run.rows.isEmpty()) {
            metrics.timed(Stage.CHECK, () -> check(run));
            metrics.timed(Stage.ALLOT, () -> allot(lease, run));
        }
        metrics.timed(Stage.INSERT, () -> insert(run));
        addEvents(run);
        List<MessageId> published = new ArrayList<>();
        metrics.timed(Stage.PUBLISH, () -> published.addAll(publish(lease, run.events)));
        metrics.timed(Stage.MARK, () -> messages.delivered(published));
        return new Result(run.open.stream().map(OpenedJob::entry).toList(), run.rejected);
    }

    /// Marks a message as given up, if it was stored at all.
    void failed(MessageId id) {
        messages.failed(id);
    }

    /// Check and seqs in one trip, for what goes through Storm when little is going on: one channel, where all may
    /// write. Leaves everything to the steps that tell each job's reason if that is not so.
    private void allotAtOnce(PartitionLease lease, Run run) {
        Set<ChannelId> channels = new HashSet<>();
        Set<UserId> senders = new HashSet<>();
        for (OpenedJob<Job.SendMessage> each : run.open) {
            channels.add(each.job().channelId());
            senders.add(each.job().senderId());
        }
        if (channels.size() > 1 || senders.size() > FEW_SENDERS || !run.before.isEmpty()) {
            return;
        }
        seqs.takeFor(senders, lease, channels.iterator().next(), run.open.size())
                .ifPresent(first -> addRows(run, run.open, first));
    }

    private void check(Run run) {
        Set<ChannelId> channels = run.open.stream()
                .map(each -> each.job().channelId())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<ChannelId, ChannelState> states = directory.of(channels);
        for (OpenedJob<Job.SendMessage> each : List.copyOf(run.open)) {
            if (run.before.containsKey(each.job().messageId())) {
                continue; // It was let in then.
            }
            FailureReason reason = reason(each.job(), states.get(each.job().channelId()));
            if (reason != null) {
                run.reject(each, reason);
            }
        }
    }

    private static @Nullable FailureReason reason(Job.SendMessage job, @Nullable ChannelState state) {
        if (state == null) {
            return FailureReason.CHANNEL_NOT_FOUND;
        }
        if (state.archived()) {
            return FailureReason.CHANNEL_ARCHIVED;
        }
        return state.members().contains(job.senderId()) ? null : FailureReason.NOT_A_MEMBER;
    }

    /// Gives every new message its seq, in the order of the queue, and encrypts it.
    private void allot(PartitionLease lease, Run run) {
        Map<ChannelId, List<OpenedJob<Job.SendMessage>>> byChannel = new LinkedHashMap<>();
        for (OpenedJob<Job.SendMessage> each : run.open) {
            if (!run.before.containsKey(each.job().messageId())) {
                byChannel
                        .computeIfAbsent(each.job().channelId(), _ -> new ArrayList<>())
                        .add(each);
            }
        }
        if (byChannel.isEmpty()) {
            return;
        }
        Map<ChannelId, Integer> counts = new LinkedHashMap<>();
        byChannel.forEach((channel, jobs) -> counts.put(channel, jobs.size()));
        Map<ChannelId, Long> firsts = seqs.take(lease, counts);
        byChannel.forEach((channel, jobs) -> {
            Long first = firsts.get(channel);
            if (first == null) {
                jobs.forEach(job -> run.reject(job, FailureReason.CHANNEL_NOT_FOUND));
            } else {
                addRows(run, jobs, first);
            }
        });
    }

    private void addRows(Run run, List<OpenedJob<Job.SendMessage>> jobs, long firstSeq) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long seq = firstSeq;
        for (OpenedJob<Job.SendMessage> each : jobs) {
            run.rows.add(row(each.job(), seq++, now));
        }
    }

    private void insert(Run run) {
        Set<MessageId> duplicates = run.rows.isEmpty() ? Set.of() : messages.insert(run.rows);
        if (!duplicates.isEmpty()) {
            messages.findAll(duplicates).forEach(row -> run.before.put(row.messageId(), row));
            metrics.duplicates.add(duplicates.size());
        }
    }

    private NewMessage row(Job.SendMessage job, long seq, Instant now) {
        return new NewMessage(
                job.messageId(),
                job.channelId(),
                job.senderId(),
                seq,
                cipher.encrypt(place(job), job.content()),
                job.clientTs(),
                now);
    }

    /// An event for each that was stored now, or before but not published.
    private void addEvents(Run run) {
        Map<MessageId, NewMessage> stored = new HashMap<>();
        run.rows.forEach(row -> stored.put(row.messageId(), row));
        Set<MessageId> taken = new HashSet<>();
        for (OpenedJob<Job.SendMessage> each : List.copyOf(run.open)) {
            Job.SendMessage job = each.job();
            StoredMessage before = run.before.get(job.messageId());
            NewMessage row = stored.get(job.messageId());
            if (!taken.add(job.messageId())) {
                continue; // Twice in the queue, more than a day apart.
            }
            if (before == null && row != null) {
                run.events.add(event(job, row.seq(), row.createdAt()));
            } else if (before != null) {
                if (!before.channelId().equals(job.channelId())
                        || !before.senderId().equals(job.senderId())) {
                    run.reject(each, FailureReason.MESSAGE_ID_TAKEN);
                } else if (isToPublish(before)) {
                    run.events.add(event(job, before));
                }
            }
        }
    }

    /// Publishes, and moves what came too late behind what is out: only rows that are not delivered, so
    /// nothing twice.
    ///
    /// @return what is out now
    private List<MessageId> publish(PartitionLease lease, List<ServerEvent.MessageNew> events) {
        List<MessageId> published = new ArrayList<>();
        List<ServerEvent.MessageNew> waiting = inOrder(lease, events);
        for (int moves = 0; !waiting.isEmpty(); moves++) {
            if (moves > MAX_MOVES) {
                throw new IllegalStateException("seqs of " + waiting.size() + " events are passed again and again");
            }
            Set<MessageId> late = new HashSet<>();
            publisher
                    .publish(List.copyOf(waiting))
                    .forEach(each -> late.add(((ServerEvent.MessageNew) each).messageId()));
            List<ServerEvent.MessageNew> moved = new ArrayList<>();
            for (ServerEvent.MessageNew event : waiting) {
                if (late.contains(event.messageId())) {
                    move(lease, event).ifPresent(moved::add);
                } else {
                    published.add(event.messageId());
                }
            }
            waiting = moved;
        }
        return published;
    }

    /// The events with rising seqs in each channel, as they are in the queue.
    ///
    /// They mostly have them. But when an insert was given up and carried out all the same, or an owner woke up
    /// behind its lease, two inserts of the same messages ran at once: each message has the seq of the one that
    /// stored it.
    private List<ServerEvent.MessageNew> inOrder(PartitionLease lease, List<ServerEvent.MessageNew> events) {
        Map<ChannelId, Long> tops = new HashMap<>();
        List<ServerEvent.MessageNew> ordered = new ArrayList<>(events.size());
        for (ServerEvent.MessageNew event : events) {
            ServerEvent.MessageNew placed = event;
            if (event.seq() < tops.getOrDefault(event.channelId(), 0L)) {
                placed = move(lease, event).orElse(null);
            }
            if (placed != null) {
                tops.put(placed.channelId(), placed.seq());
                ordered.add(placed);
            }
        }
        return ordered;
    }

    /// Gives a message that is not out another seq, its channel's newest; empty if it needs none any more.
    private Optional<ServerEvent.MessageNew> move(PartitionLease lease, ServerEvent.MessageNew event) {
        OptionalLong seq = seqs.takeOne(lease, event.channelId());
        if (seq.isEmpty()) {
            return Optional.empty(); // The channel is gone.
        }
        metrics.moved.increment();
        if (messages.moveSeq(event.messageId(), event.seq(), seq.getAsLong())) {
            return Optional.of(at(event, seq.getAsLong()));
        }
        // Another owner moved or published it meanwhile: the row tells which.
        return messages.findAll(List.of(event.messageId())).stream()
                .filter(SendSteps::isToPublish)
                .findFirst()
                .map(row -> at(event, row.seq()));
    }

    private static boolean isToPublish(StoredMessage row) {
        return row.status() != DeliveryStatus.DELIVERED && !row.deleted();
    }

    /// The event of a row that was stored before; its text may have been edited since.
    private ServerEvent.MessageNew event(Job.SendMessage job, StoredMessage row) {
        String content = row.editedAt() == null
                ? job.content()
                : cipher.decrypt(place(job), row.text()).orElse(job.content());
        return new ServerEvent.MessageNew(
                job.messageId(), job.channelId(), job.senderId(), row.seq(), content, row.createdAt(), job.clientTs());
    }

    private static ServerEvent.MessageNew event(Job.SendMessage job, long seq, Instant createdAt) {
        return new ServerEvent.MessageNew(
                job.messageId(), job.channelId(), job.senderId(), seq, job.content(), createdAt, job.clientTs());
    }

    private static MessageCipher.Place place(Job.SendMessage job) {
        return new MessageCipher.Place(job.messageId(), job.channelId(), job.senderId());
    }

    private static ServerEvent.MessageNew at(ServerEvent.MessageNew event, long seq) {
        return new ServerEvent.MessageNew(
                event.messageId(),
                event.channelId(),
                event.senderId(),
                seq,
                event.content(),
                event.serverTs(),
                event.clientTs());
    }

    private static List<MessageId> ids(List<OpenedJob<Job.SendMessage>> jobs) {
        return jobs.stream().map(each -> each.job().messageId()).toList();
    }
}
