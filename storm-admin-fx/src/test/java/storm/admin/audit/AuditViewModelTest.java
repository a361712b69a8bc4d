package storm.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.ui.TestConsole;
import storm.protocol.users.Role;

class AuditViewModelTest {
    private ConsolePeer peer;
    private AuditViewModel model;

    @BeforeEach
    void start() throws Exception {
        peer = new ConsolePeer(Role.ADMIN);
        model = new AuditViewModel(TestConsole.signedIn(peer.url(), new TestConsole.Told()));
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    private String asked() {
        return peer.rest().calls().getLast().pathAndQuery();
    }

    @Test
    void everythingIsAskedForWithoutFilters() {
        model.refresh();

        assertThat(asked()).isEqualTo("/audit-log?limit=100");
        assertThat(model.rows().items()).hasSize(60);
    }

    @Test
    void namesBecomeTheIdsThatTheServerKnows() {
        model.actor().set("admin");
        model.target().set("#general");
        model.action().set("channel.update");

        assertThat(asked())
                .isEqualTo("/audit-log?actorId=%s&action=channel.update&target=channel%%3A%s&limit=100"
                        .formatted(ConsolePeer.ADMIN, ConsolePeer.CHANNEL));
    }

    @Test
    void idsAndFullTargetsAreTakenAsTheyAre() {
        model.actor().set(ConsolePeer.MEMBER);
        model.target().set("message:1");

        model.refresh();

        assertThat(asked())
                .isEqualTo("/audit-log?actorId=%s&target=message%%3A1&limit=100".formatted(ConsolePeer.MEMBER));
    }

    @Test
    void daysAreWholeOnesInTheLocalZone() {
        model.from().set(Optional.of(LocalDate.of(2030, 5, 17)));
        model.to().set(Optional.of(LocalDate.of(2030, 5, 18)));

        model.refresh();

        assertThat(asked()).isEqualTo("/audit-log?from=2030-05-17T00%3A00%3A00Z&to=2030-05-19T00%3A00%3A00Z&limit=100");
    }

    @Test
    void unknownNameIsTold() {
        model.actor().set("nobody_at_all");

        model.refresh();

        assertThat(model.rows().failure().get()).contains("Nobody is called nobody_at_all.");
    }

    @Test
    void detailsAreOneLineInOrder() {
        model.refresh();

        assertThat(AuditViewModel.details(model.rows().items().getFirst()))
                .isEqualTo("after: moderator, before: member");
        assertThat(model.actionText("channel.archive")).isEqualTo("channel.archive");
        assertThat(model.actionText("message.delete")).isEqualTo("Message deleted");
    }
}
