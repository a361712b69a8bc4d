package storm.admin.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.ui.TestConsole;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.users.Role;

class DeadLettersViewModelTest {
    private final TestConsole.Told told = new TestConsole.Told();
    private ConsolePeer peer;
    private DeadLettersViewModel model;

    @BeforeEach
    void start() throws Exception {
        peer = new ConsolePeer(Role.MODERATOR);
        model = new DeadLettersViewModel(TestConsole.signedIn(peer.url(), told));
        model.refresh();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    private List<DeadLetterId> first(int count) {
        return model.rows().items().stream().limit(count).map(DeadLetter::id).toList();
    }

    @Test
    void itIsToldWhatHappenedToEach() {
        List<DeadLetterId> ids = first(3);
        peer.rest().on("POST /dead-letters/" + ids.get(1) + "/retry", _ -> Reply.data("{\"retried\":0}"));
        peer.rest().on("POST /dead-letters/" + ids.get(2) + "/retry", _ -> Reply.error(503, "SERVICE_UNAVAILABLE"));

        model.retry(ids);

        assertThat(model.result().get())
                .isEqualTo("1 sent back to the queue · 1 had been dealt with already"
                        + " · 1 failed: The server is out of reach");
        assertThat(model.progress().get()).isZero();
        assertThat(model.rows().items()).hasSize(36);
    }

    @Test
    void allThatMatchAreDiscardedInOneCall() {
        model.reason().set("channel_gone");

        model.discardAll();

        assertThat(model.result().get()).isEqualTo("37 discarded");
        assertThat(peer.rest().calls().stream()
                        .filter(call -> call.pathAndQuery().equals("/dead-letters/discard"))
                        .findFirst()
                        .orElseThrow()
                        .body())
                .contains("\"reason\":\"channel_gone\"")
                .doesNotContain("\"ids\"");
    }

    @Test
    void malformedChannelIsToldAndNotAsked() {
        int calls = peer.rest().calls().size();
        model.channel().set("nonsense");

        model.refresh();

        assertThat(told.complaints()).hasSize(1);
        assertThat(peer.rest().calls()).hasSize(calls);
    }
}
