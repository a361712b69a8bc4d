package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn.SortType;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.channels.Channel;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.messages.Message;

@RunsOn(Topology.SPLIT)
class ChannelsIT extends ConsoleFlow {
    ChannelsIT(Storm storm) {
        super(storm);
    }

    @Test
    void aChannelIsMadeRenamedArchivedBroughtBackAndDeleted() {
        Person admin = admin();
        String first = Words.name("made");
        String second = Words.name("renamed");
        signInAsAdmin();
        go("channels");

        click("#channels-create");
        fillIn("#channel-name", first);
        fillIn("#channel-description", "What it is for");
        picture("channel-create");
        sayYes();
        awaitNotice("#" + first);
        select("#channels-table", Channel.class, it -> it.name().equals(first));
        until(() -> text("#channel-title").equals("#" + first));
        ChannelId id = table("#channels-table").getItems().stream()
                .map(Channel.class::cast)
                .filter(it -> it.name().equals(first))
                .findFirst()
                .orElseThrow()
                .id();

        click("#channel-edit");
        fillIn("#channel-name", second);
        fillIn("#channel-description", "Something else");
        sayYes();
        until(() -> text("#channel-title").equals("#" + second));
        assertThat(admin.client().channels().get(id).description()).isEqualTo("Something else");

        click("#channel-archive");
        sayYes();
        until(() -> text("#channel-archive").equals("Unarchive"));
        until(() -> !has("#channels-table", Channel.class, it -> it.id().equals(id)));
        click("#channels-filter-archived");
        until(() -> has("#channels-table", Channel.class, it -> it.id().equals(id) && it.isArchived()));
        picture("channel-archived");
        sortBy("#channels-table", "channels-name", SortType.ASCENDING);
        until(() -> column("channels-name")
                .equals(column("channels-name").stream()
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList()));
        click("#channel-archive");
        until(() -> text("#channel-archive").equals("Archive"));
        assertThat(admin.client().channels().get(id).isArchived()).isFalse();

        click("#channel-delete");
        until(() -> shows("#sheet-typed"));
        fillIn("#sheet-typed", "something");
        assertThat(isOffered("#sheet-ok")).isFalse();
        fillIn("#sheet-typed", second);
        picture("channel-delete");
        sayYes();
        until(() -> !has("#channels-table", Channel.class, it -> it.id().equals(id)));
        assertThat(refusal(() -> admin.client().channels().get(id))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void membersAreAddedBySearchAndRemovedAndAMessageOfTheirsIsDeleted() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith();
        String text = Words.text();
        ann.post(channel, text);
        ann.post(channel, Words.text());
        Person moderator = moderator("mod");
        String name = moderator.client().channels().get(channel).name();
        signIn(moderator);
        go("channels");
        fillIn("#channels-search", name);
        until(() -> rows("#channels-table") == 1);
        select("#channels-table", Channel.class, it -> it.id().equals(channel));
        assertThat(shows("#channel-delete"))
                .as("deleting a channel is for admins")
                .isFalse();

        click("#channel-add-member");
        fillIn("#member-search", bob.username().substring(0, bob.username().length() - 1));
        until(() -> robot.lookup("#member-found")
                .queryAs(ListView.class)
                .getItems()
                .toString()
                .contains(bob.username()));
        robot.clickOn(bob.username());
        picture("channel-add-member");
        sayYes();
        awaitNotice(bob.username());
        until(() -> robot.lookup("#channel-members")
                        .queryAs(ListView.class)
                        .getItems()
                        .size()
                == 2);
        assertThat(moderator.client().channels().get(channel).members()).contains(bob.id());
        picture("channel-members");

        click("#remove-" + bob.id());
        sayYes();
        until(() -> robot.lookup("#channel-members")
                        .queryAs(ListView.class)
                        .getItems()
                        .size()
                == 1);
        assertThat(moderator.client().channels().get(channel).members()).doesNotContain(bob.id());

        robot.clickOn("Messages");
        until(() -> rows("#messages-table") == 2);
        until(() -> robot.lookup(ann.username()).tryQuery().isPresent());
        assertThat(hover("messages-sender")).contains(ann.id().value());
        picture("channel-messages");
        select("#messages-table", Message.class, it -> it.seq() == 1);
        click("#message-delete");
        sayYes();
        awaitNotice("deleted");
        until(() ->
                ann.client().messages().list(channel, 10, null).items().stream().noneMatch(it -> it.seq() == 1));
    }

    private static ErrorCode refusal(Runnable call) {
        try {
            call.run();
        } catch (StormException e) {
            return e.code();
        }
        throw new AssertionError("it was not refused");
    }
}
