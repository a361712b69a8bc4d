package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import storm.core.channelevents.ChannelFrame;
import storm.core.queue.EnqueueResult;
import storm.core.queue.Job;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.DeliveryStatus;
import storm.store.messages.StoredMessage;

/// Messages to some channels, and the check that every acked one was stored and published once, in the order of
/// the acks.
final class Traffic {
    private static final int MAX_ROUNDS = 700;

    private final TestInstallation storm;
    private final UserId sender = TestInstallation.newUser();
    private final List<ChannelId> channels = new ArrayList<>();
    private final Map<ChannelId, List<MessageId>> acked = new HashMap<>();
    private final AtomicInteger ackedSoFar = new AtomicInteger();

    Traffic(TestInstallation storm, int channelCount) {
        this.storm = storm;
        for (int i = 0; i < channelCount; i++) {
            channels.add(storm.newChannel(sender));
        }
    }

    /// Sends that many messages, round robin; one that finds no Redis is sent again until it is acked, as
    /// clients do.
    void send(int count) {
        for (int i = 0; i < count; i++) {
            ChannelId channel = channels.get(i % channels.size());
            Job.SendMessage job = TestInstallation.message(channel, sender, "text " + i);
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> isAcked(job));
            acked.computeIfAbsent(channel, _ -> new ArrayList<>()).add(job.messageId());
            ackedSoFar.incrementAndGet();
        }
    }

    /// Sends until told to stop, at most as many as a channel's stream keeps with all that a test sends after.
    void sendWhile(BooleanSupplier more) {
        for (int round = 0; round < MAX_ROUNDS && more.getAsBoolean(); round++) {
            send(channels.size());
        }
    }

    /// How many were acked so far.
    int acked() {
        return ackedSoFar.get();
    }

    private boolean isAcked(Job.SendMessage job) {
        try {
            EnqueueResult result = storm.send(job);
            return result instanceof EnqueueResult.Queued || result instanceof EnqueueResult.Duplicate;
        } catch (StormException e) {
            return false;
        }
    }

    /// Waits until all is out, then checks the promises.
    void assertEverythingArrivedOnce(Duration patience) {
        await().atMost(patience).pollInterval(Duration.ofMillis(100)).until(this::isAllDelivered);
        for (ChannelId channel : channels) {
            List<MessageId> expected = acked.getOrDefault(channel, List.of());
            List<ServerEvent.MessageNew> events = storm.events.after(channel, 0, 5000).frames().stream()
                    .map(Traffic::event)
                    .toList();
            assertThat(events).extracting(ServerEvent.MessageNew::messageId).isEqualTo(expected);
            assertThat(events)
                    .extracting(ServerEvent.MessageNew::seq)
                    .isSorted()
                    .doesNotHaveDuplicates();
            Map<MessageId, Long> stored = new HashMap<>();
            storm.messages.findAll(expected).forEach(row -> stored.put(row.messageId(), row.seq()));
            events.forEach(event -> assertThat(stored.get(event.messageId())).isEqualTo(event.seq()));
        }
        assertThat(storm.deadLetters()
                        .list(new DeadLetterFilter(null, null), 10, null)
                        .items())
                .isEmpty();
    }

    private boolean isAllDelivered() {
        try {
            return acked.values().stream().allMatch(ids -> {
                List<StoredMessage> rows = storm.messages.findAll(ids);
                return rows.size() == ids.size()
                        && rows.stream().allMatch(row -> row.status() == DeliveryStatus.DELIVERED);
            });
        } catch (StormException e) {
            return false;
        }
    }

    private static ServerEvent.MessageNew event(ChannelFrame frame) {
        return (ServerEvent.MessageNew)
                ServerFrame.decode(frame.text()).orElseThrow().event();
    }
}
