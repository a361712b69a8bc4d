package storm.admin.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.ui.TestConsole;
import storm.embedded.fixture.RestPeer.Call;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.channels.Channel;
import storm.protocol.users.Role;
import storm.protocol.users.User;

class ChannelsViewModelTest {
    private final TestConsole.Told told = new TestConsole.Told();
    private ConsolePeer peer;
    private ChannelsViewModel model;

    @BeforeEach
    void start() throws Exception {
        peer = new ConsolePeer(Role.ADMIN);
        model = new ChannelsViewModel(TestConsole.signedIn(peer.url(), told));
        model.refresh();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    private Channel select(String name) {
        Channel channel = model.rows().items().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        model.selected().set(Optional.of(channel));
        return channel;
    }

    private Call last() {
        return peer.rest().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .toList()
                .getLast();
    }

    @Test
    void searchAndFilterReachTheServer() {
        model.search().set(" gen ");
        model.archivedToo().set(true);

        assertThat(peer.rest().calls().getLast().pathAndQuery())
                .isEqualTo("/channels?q=gen&scope=all&includeArchived=true&limit=100");
    }

    @Test
    void selectedChannelShowsItsMembersAndMessages() {
        Channel channel = select("support");

        assertThat(model.members()).isEqualTo(channel.members());
        assertThat(model.messages().items()).hasSize(30);
    }

    @Test
    void selectionOfNothingShowsNothing() {
        select("support");

        model.selected().set(Optional.empty());

        assertThat(model.members()).isEmpty();
        assertThat(model.messages().items()).isEmpty();
    }

    @Test
    void madeChannelIsNamedAndABlankDescriptionIsNone() {
        model.create(" new ", "  ");

        assertThat(last().pathAndQuery()).isEqualTo("/channels");
        assertThat(last().body()).contains("\"name\":\"new\"").doesNotContain("description");
        assertThat(told.said()).containsExactly("#new was made");
    }

    @Test
    void archivedChannelStaysSelectedAsItIsNow() {
        select("general");

        model.archive(true);

        assertThat(last().body()).contains("\"isArchived\":true").doesNotContain("name");
        assertThat(model.selected().get().orElseThrow().isArchived()).isTrue();
        assertThat(told.said()).containsExactly("#general was archived");
    }

    @Test
    void refusalIsToldAndChangesNothing() {
        Channel before = select("general");
        peer.rest().on("PATCH /channels/" + before.id(), _ -> Reply.error(409, "CONFLICT"));

        model.edit("support", "");

        assertThat(told.said()).isEmpty();
        assertThat(told.complaints()).containsExactly("Not possible: as asked");
        assertThat(model.selected().get()).contains(before);
    }

    @Test
    void deletedChannelIsNotSelectedAnyMore() {
        Channel channel = select("support");

        model.delete();

        assertThat(model.selected().get()).isEmpty();
        assertThat(model.rows().items()).doesNotContain(channel);
    }

    @Test
    void moderatorMayNotDeleteAChannel() throws Exception {
        try (ConsolePeer other = new ConsolePeer(Role.MODERATOR)) {
            model = new ChannelsViewModel(TestConsole.signedIn(other.url(), told));
            model.refresh();
            select("support");

            assertThat(model.mayDelete()).isFalse();
        }
        model = new ChannelsViewModel(TestConsole.signedIn(peer.url(), told));
        model.refresh();
        select("support");
        assertThat(model.mayDelete()).isTrue();
    }

    @Test
    void removedMemberIsNamed() {
        Channel channel = select("support");
        peer.rest().on("DELETE /channels/" + channel.id() + "/members/" + ConsolePeer.MEMBER, _ -> Reply.data("{}"));

        model.removeMember(channel.members().get(1));

        assertThat(told.said()).containsExactly("linus_2 was removed");
    }

    @Test
    void peopleAreFoundByTheBeginningOfTheirName() {
        List<User> found = new ArrayList<>();

        model.findUsers("ada", found::addAll);
        model.findUsers(" ", found::addAll);

        assertThat(found).isNotEmpty().allMatch(user -> user.username().startsWith("ada"));
    }
}
