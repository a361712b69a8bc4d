package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.ids.ChannelId;

@RunsOn(Topology.SPLIT)
class DeadLettersIT extends ConsoleFlow {
    private static final String TABLE = "#deadletters-table";

    DeadLettersIT(Storm storm) {
        super(storm);
    }

    @Test
    void newOnesShowThemselvesAndAreRetriedDiscardedAndDealtWithInOneGo() {
        Person admin = admin();
        admin.client().deadLetters().discard(new DeadLetterSelection(null, anything()));
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId first = ann.channelWith(bob);
        ChannelId second = ann.channelWith(bob);
        signIn(moderator("mod"));
        go("deadletters");
        until(() -> rows(TABLE) == 0);
        assertThat(shows("#nav-badge")).isFalse();

        go("channels");
        Undeliverable.send(storm, admin, bob, first, 5);
        until(() -> text("#nav-badge").equals("5"));
        go("deadletters");
        Undeliverable.send(storm, admin, bob, second, 2);
        until(() -> rows(TABLE) == 7);
        until(() -> text("#nav-badge").equals("7"));

        select(TABLE, DeadLetter.class, it -> first.equals(it.channelId()));
        until(() -> shows("#deadletters-details"));
        until(() -> robot.lookup(bob.username()).tryQuery().isPresent());
        picture("deadletters-details");

        List<Boolean> progress = new CopyOnWriteArrayList<>();
        robot.interact(() -> robot.lookup("#deadletters-progress")
                .query()
                .visibleProperty()
                .addListener((_, _, now) -> progress.add(now)));

        // The cause is mended: what is retried now arrives.
        ann.client().channels().addMember(first, bob.id());
        click("#deadletters-retry");
        picture("deadletters-retry");
        sayYes();
        until(() -> text("#deadletters-result").equals("1 sent back to the queue"));
        assertThat(progress).containsExactly(true, false);
        until(() -> rows(TABLE) == 6);
        until(() -> ann.client().messages().list(first, 10, null).items().size() == 1);

        clearSelection();
        select(TABLE, DeadLetter.class, it -> first.equals(it.channelId()));
        click("#deadletters-discard");
        sayYes();
        until(() -> text("#deadletters-result").equals("1 discarded"));
        until(() -> rows(TABLE) == 5);

        // Of a selection of two somebody else deals with one meanwhile.
        clearSelection();
        List<DeadLetter> two = shown().stream()
                .filter(it -> first.equals(it.channelId()))
                .limit(2)
                .toList();
        for (DeadLetter each : two) {
            select(TABLE, DeadLetter.class, it -> it.id().equals(each.id()));
        }
        click("#deadletters-retry");
        admin.client().deadLetters().discard(two.getFirst().id());
        sayYes();
        until(() -> text("#deadletters-result").equals("1 sent back to the queue · 1 had been dealt with already"));
        click("#deadletters-outcomes");
        until(() -> shows("#deadletters-each"));
        List<?> each = robot.lookup("#deadletters-each").queryAs(ListView.class).getItems();
        assertThat(each).hasSize(2);
        picture("deadletters-outcomes");
        click("#sheet-cancel");
        until(() -> rows(TABLE) == 3);

        fillIn("#deadletters-filter-channel", nameOf(admin, second));
        until(() -> rows(TABLE) == 2);
        reason("channel_archived");
        until(() -> rows(TABLE) == 0);
        reason("not_a_member");
        until(() -> rows(TABLE) == 2);
        click("#deadletters-discard-all");
        sayYes();
        until(() -> text("#deadletters-result").equals("2 discarded"));
        assertThat(admin.client()
                        .deadLetters()
                        .list(new DeadLetterFilter(second, null), 10, null)
                        .items())
                .isEmpty();

        fillIn("#deadletters-filter-channel", "");
        reason("");
        until(() -> rows(TABLE) == 1);
        click("#deadletters-retry-all");
        sayYes();
        until(() -> text("#deadletters-result").equals("1 sent back to the queue"));
        until(() -> !shows("#nav-badge"));
        until(() -> ann.client().messages().list(first, 10, null).items().size() == 3);
        picture("deadletters-none");
    }

    private static DeadLetterFilter anything() {
        return new DeadLetterFilter(null, null);
    }

    private static String nameOf(Person reader, ChannelId channel) {
        return reader.client().channels().get(channel).name();
    }

    private List<DeadLetter> shown() {
        return table(TABLE).getItems().stream().map(DeadLetter.class::cast).toList();
    }

    private void clearSelection() {
        robot.interact(() -> table(TABLE).getSelectionModel().clearSelection());
    }

    @SuppressWarnings("unchecked")
    private void reason(String code) {
        robot.interact(() ->
                ((ComboBox<String>) robot.lookup("#deadletters-filter-reason").queryAs(ComboBox.class)).setValue(code));
    }
}
