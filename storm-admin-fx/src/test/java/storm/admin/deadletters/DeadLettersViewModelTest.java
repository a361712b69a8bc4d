package storm.admin.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.deadletters.DeadLettersViewModel.Effect;
import storm.admin.ui.TestConsole;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.deadletters.DeadLetter;
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

    private List<DeadLetter> first(int count) {
        return List.copyOf(model.rows().items().subList(0, count));
    }

    @Test
    void itIsToldWhatHappenedToEach() {
        List<DeadLetter> letters = first(3);
        peer.rest().on("POST /dead-letters/" + letters.get(1).id() + "/retry", _ -> Reply.error(404, "NOT_FOUND"));
        peer.rest()
                .on(
                        "POST /dead-letters/" + letters.get(2).id() + "/retry",
                        _ -> Reply.error(503, "SERVICE_UNAVAILABLE"));

        model.retry(letters);

        assertThat(model.result().get())
                .isEqualTo("1 sent back to the queue · 1 had been dealt with already · 1 failed");
        assertThat(model.outcomes())
                .extracting(DeadLettersViewModel.Outcome::effect)
                .containsExactly(Effect.DONE, Effect.GONE, Effect.FAILED);
        assertThat(model.outcomes().getLast().told()).contains("cannot be reached");
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
    void moreThanOneCallHandlesAreAllDiscarded() {
        peer.rest().on("GET /queue/stats", _ -> Reply.data("""
                        {"waiting":0,"active":0,"delayed":0,"dead":12345,"processedPerMinute":0,"failedPerMinute":0,\
                        "oldestWaitingMs":0,"liveWorkers":1,"connections":0}"""));
        long[] left = {12_345};
        peer.rest().on("POST /dead-letters/discard", _ -> {
            long taken = Math.min(left[0], 10_000);
            left[0] -= taken;
            return Reply.data("{\"discarded\":%d}".formatted(taken));
        });

        model.discardAll();

        assertThat(model.result().get()).isEqualTo("12,345 discarded");
        assertThat(left[0]).isZero();
    }

    @Test
    void channelIsFilteredByItsName() {
        model.channel().set("#support");

        model.refresh();

        assertThat(peer.rest().calls().getLast().pathAndQuery())
                .contains("channelId=")
                .contains("limit=");
    }

    @Test
    void unknownChannelIsTold() {
        model.channel().set("nonsense");

        model.refresh();

        assertThat(model.rows().failure().get()).contains("No channel is called nonsense.");
    }

    @Test
    void reasonsAreSaidInWordsAndUnknownOnesAsTheyCome() {
        assertThat(model.reasonText("not_a_member")).isEqualTo("Sender is not a member");
        assertThat(model.reasonText("struck_by_lightning")).isEqualTo("struck_by_lightning");
    }

    @Test
    void newOnesShowUpUnlessSomebodyHasPagedDown() {
        int calls = peer.rest().calls().size();

        model.changedOnTheServer();

        assertThat(peer.rest().calls()).hasSize(calls + 1);
    }
}
