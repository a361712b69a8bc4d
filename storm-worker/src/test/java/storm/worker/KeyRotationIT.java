package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import storm.core.config.BadSettingException;
import storm.core.config.QueueConfig;
import storm.core.queries.Query;
import storm.core.redis.Keys;
import storm.embedded.fixture.TestStores;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.Message;
import storm.store.messagekeys.KeyChecks;
import storm.store.messagekeys.KeyRing;
import storm.store.messagekeys.MessageCipher;
import storm.store.messages.NewMessage;

class KeyRotationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String K1 = "k1:" + "11".repeat(32);
    private static final String K2 = "k2:" + "22".repeat(32);

    @Test
    void messagesComeUnderTheNewKeyAndStayReadable() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        Map<String, String> settings;
        ChannelId channel;
        UserId ann = TestInstallation.newUser();
        try (TestInstallation before = new TestInstallation(stores)) {
            settings = new HashMap<>(before.settings());
            settings.put(KeyRing.PROPERTY, K1);
        }
        try (TestInstallation before = new TestInstallation(settings, QueueConfig.STANDARD)) {
            before.startWorker();
            channel = before.newChannel(ann);
            for (int i = 0; i < 450; i++) {
                before.send(TestInstallation.message(channel, ann, "text " + i));
            }
            awaitStored(before, channel, 450);
        }
        settings.put(KeyRing.PROPERTY, K2 + "," + K1);
        try (TestInstallation after = new TestInstallation(settings, QueueConfig.STANDARD)) {
            after.startWorker();
            await().atMost(PATIENCE)
                    .until(() -> after.redis
                            .hmget("storm:rotation", "key", "finished")
                            .equals(List.of("k2", "1")));

            assertThat(after.messages.anyUnder("k1")).isFalse();
            assertThat(after.redis.hget("storm:rotation", "done")).isEqualTo("450");
            assertThat(after.redis.hget("storm:rotation", "unreadable")).isEqualTo("0");
            assertThat(after.redis.hget("storm:rotation", "left")).isEqualTo("0");
            List<Message> newest = after.queries
                    .ask(new Query.HistoryQuery(channel, null, 2), PATIENCE)
                    .messages();
            assertThat(newest).extracting(Message::content).containsExactly("text 449", "text 448");

            KeyChecks checks = new KeyChecks(after.database, after.messages);
            checks.verify(KeyRing.of(K2)); // The old key may go now.
            assertThatThrownBy(() -> checks.verify(KeyRing.of(K1)))
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageContaining("lacks the key k2");
            assertThatThrownBy(() -> checks.verify(KeyRing.of("k2:" + "33".repeat(32))))
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageContaining("has another key as k2");
        }
    }

    @Test
    void whatAWorkerWithAnOlderConfigurationStoredLaterIsRotatedByTheNextStart() {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        UserId ann = TestInstallation.newUser();
        Map<String, String> settings;
        ChannelId channel;
        try (TestInstallation old = new TestInstallation(stores)) {
            settings = new HashMap<>(old.settings());
        }
        settings.put(KeyRing.PROPERTY, K2 + "," + K1);
        try (TestInstallation first = new TestInstallation(settings, QueueConfig.STANDARD)) {
            first.startWorker();
            channel = first.newChannel(ann);
            await().atMost(PATIENCE).until(() -> "1".equals(first.redis.hget("storm:rotation", "finished")));
        }
        settings.put(KeyRing.PROPERTY, K1 + "," + K2);
        try (TestInstallation straggler = new TestInstallation(settings, QueueConfig.STANDARD)) {
            // Without its own rotation: that of the newer configuration has the word.
            straggler.messages.insert(List.of(straggler.row(TestInstallation.message(channel, ann, "late"), 1)));
        }
        settings.put(KeyRing.PROPERTY, K2 + "," + K1);
        try (TestInstallation next = new TestInstallation(settings, QueueConfig.STANDARD)) {
            assertThat(next.messages.anyUnder("k1")).isTrue();
            next.startWorker();
            await().atMost(PATIENCE).until(() -> !next.messages.anyUnder("k1"));
        }
    }

    @Test
    void whatIsLeftWhenAWorkerIsKilledHalfWayIsDoneByTheNext() throws Exception {
        TestStores stores = TestStores.shared();
        stores.flushRedis();
        UserId ann = TestInstallation.newUser();
        Map<String, String> settings;
        ChannelId channel;
        int count = 1500;
        try (TestInstallation old = new TestInstallation(stores)) {
            settings = new HashMap<>(old.settings());
        }
        settings.put(KeyRing.PROPERTY, K1);
        try (TestInstallation old = new TestInstallation(settings, QueueConfig.STANDARD)) {
            old.messages.createIndexes();
            channel = old.newChannel(ann);
            List<NewMessage> rows = new ArrayList<>();
            for (int seq = 1; seq <= count; seq++) {
                rows.add(old.row(TestInstallation.message(channel, ann, "text " + seq), seq));
            }
            old.messages.insert(rows);
        }
        settings.put(KeyRing.PROPERTY, K2 + "," + K1);
        try (TestInstallation next = new TestInstallation(settings, QueueConfig.STANDARD)) {
            try (WorkerProcess killed = WorkerProcess.start(settings)) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> next.messages.countNotUnder("k2") < count);
                killed.kill();
            }
            assertThat(next.messages.countNotUnder("k2")).isBetween(1L, count - 1L);
            assertThat(next.redis.hget("storm:rotation", "finished")).isNotEqualTo("1");

            next.redis.del(Keys.task("rotation")); // Its turn lapsed.
            next.startWorker();
            await().atMost(PATIENCE).until(() -> "1".equals(next.redis.hget("storm:rotation", "finished")));

            MessageCipher cipher = new MessageCipher(KeyRing.of(K2));
            assertThat(next.messages.after(channel, 0, count))
                    .hasSize(count)
                    .allSatisfy(row -> assertThat(cipher.decrypt(
                                    new MessageCipher.Place(row.messageId(), row.channelId(), row.senderId()),
                                    row.text()))
                            .contains("text " + row.seq()));
        }
    }

    private static void awaitStored(TestInstallation storm, ChannelId channel, int count) {
        await().atMost(PATIENCE)
                .until(() -> storm.messages.after(channel, 0, 1000).size() == count);
    }
}
