package storm.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.ui.TestConsole;
import storm.protocol.audit.AuditEntry;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
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

    private AuditEntry entry(String action, String target, Map<String, String> details) {
        return new AuditEntry(
                ConsolePeer.MEMBER, new UserId(ConsolePeer.ADMIN), action, target, details, Instant.EPOCH, "r");
    }

    @Test
    void detailsAreInWordsWithNamesForIds() {
        assertThat(model.details(entry(
                                "user.role.assign",
                                "user:" + ConsolePeer.MEMBER,
                                Map.of("before", "member", "after", "moderator")))
                        .getValue())
                .isEqualTo("Role: Member → Moderator");
        assertThat(model.details(entry(
                                "message.delete",
                                "message:1",
                                Map.of("channelId", ConsolePeer.CHANNEL, "senderId", ConsolePeer.MEMBER)))
                        .getValue())
                .isEqualTo("Channel: #general · Sender: linus_2");
        assertThat(model.details(entry(
                                "channel.update",
                                "channel:" + ConsolePeer.CHANNEL,
                                Map.of(
                                        "nameBefore", "admin",
                                        "nameAfter", "member",
                                        "description", "changed",
                                        "archivedBefore", "false",
                                        "archivedAfter", "true")))
                        .getValue())
                .isEqualTo("Archived: no → yes · Description: changed · Name: admin → member");
        assertThat(model.details(entry("some.thing", "x", Map.of("new", "word")))
                        .getValue())
                .isEqualTo("new: word");
        assertThat(AuditDetails.exact(entry("a", "b", Map.of("userId", "1", "by", "ids"))))
                .isEqualTo("by: ids\nuserId: 1");
    }

    @Test
    void targetsAreCalledByTheirNamesEvenWhenTheyAreGone() {
        ChannelId gone = new ChannelId("ffffffffffffffffffffffff");
        AuditEntry deleted = entry("channel.delete", "channel:" + gone, Map.of("name", "attic"));
        AuditEntry emptied = entry("channel.member.remove", "channel:" + gone, Map.of());

        assertThat(model.target(entry("a", "user:" + ConsolePeer.MEMBER, Map.of()))
                        .getValue())
                .isEqualTo("linus_2");
        assertThat(model.target(entry("a", "message:1", Map.of())).getValue()).isEqualTo("Message");
        assertThat(model.target(entry("a", "deadletters", Map.of())).getValue()).isEqualTo("Dead letters");
        assertThat(model.target(entry("a", "user:fffffffffffffffffffffff0", Map.of()))
                        .getValue())
                .isEqualTo("unknown user");
        model.rows().items().setAll(deleted, emptied);
        assertThat(model.target(emptied).getValue()).isEqualTo("#attic");
    }

    @Test
    void anActionThatTheConsoleDoesNotKnowIsShownAsItCame() {
        assertThat(model.actionText("channel.archive")).isEqualTo("channel.archive");
        assertThat(model.actionText("message.delete")).isEqualTo("Message deleted");
    }
}
