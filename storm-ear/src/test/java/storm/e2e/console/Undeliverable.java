package storm.e2e.console;

import org.awaitility.Awaitility;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.ids.ChannelId;

/// Messages that become dead letters: their sender is removed from the channel while the worker stands still.
public final class Undeliverable {
    private static final int ALL = 100;

    private Undeliverable() {}

    /// Returns when they are dead.
    public static void send(Storm storm, Person admin, Person sender, ChannelId channel, int count) {
        storm.worker().freeze();
        try {
            for (int i = 0; i < count; i++) {
                sender.post(channel, Words.text());
            }
            admin.client().channels().removeMember(channel, sender.id());
        } finally {
            storm.worker().thaw();
        }
        DeadLetterFilter here = new DeadLetterFilter(channel, null);
        Awaitility.await()
                .until(() -> admin.client()
                                .deadLetters()
                                .list(here, ALL, null)
                                .items()
                                .size()
                        >= count);
    }
}
