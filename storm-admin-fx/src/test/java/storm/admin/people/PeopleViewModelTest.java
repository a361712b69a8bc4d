package storm.admin.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.ui.Console;
import storm.admin.ui.TestConsole;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.ids.UserId;
import storm.protocol.users.Role;
import storm.protocol.users.User;

class PeopleViewModelTest {
    private static User user(int id, Role role, boolean active) {
        return new User(new UserId("%024x".formatted(id)), "u" + id, null, role, active, null, Instant.EPOCH);
    }

    @Test
    void nobodyChangesTheirOwnRole() {
        User admin = user(1, Role.ADMIN, true);

        assertThat(RoleRules.assignable(admin, admin)).isEmpty();
        assertThat(RoleRules.mayDeactivate(admin, admin)).isFalse();
        assertThat(RoleRules.mayEndSessions(admin, admin)).isFalse();
    }

    @Test
    void moderatorMovesOthersBetweenMemberAndModerator() {
        User moderator = user(1, Role.MODERATOR, true);

        assertThat(RoleRules.assignable(moderator, user(2, Role.MEMBER, true))).containsExactly(Role.MODERATOR);
        assertThat(RoleRules.assignable(moderator, user(2, Role.MODERATOR, true)))
                .containsExactly(Role.MEMBER);
        assertThat(RoleRules.assignable(moderator, user(2, Role.ADMIN, true))).isEmpty();
        assertThat(RoleRules.mayDeactivate(moderator, user(2, Role.MEMBER, true)))
                .isFalse();
        assertThat(RoleRules.mayEndSessions(moderator, user(2, Role.MEMBER, true)))
                .isFalse();
    }

    @Test
    void adminSetsAnyRole() {
        assertThat(RoleRules.assignable(user(1, Role.ADMIN, true), user(2, Role.MEMBER, true)))
                .containsExactly(Role.MODERATOR, Role.ADMIN);
    }

    @Test
    void deactivatedOnesCanComeBack() {
        User admin = user(1, Role.ADMIN, true);

        assertThat(RoleRules.mayDeactivate(admin, user(2, Role.MEMBER, false))).isFalse();
        assertThat(RoleRules.mayReactivate(admin, user(2, Role.MEMBER, false))).isTrue();
    }

    @Test
    void searchAndFiltersReachTheServer() throws Exception {
        try (ConsolePeer peer = new ConsolePeer(Role.ADMIN)) {
            PeopleViewModel model = new PeopleViewModel(TestConsole.signedIn(peer.url(), new TestConsole.Told()));
            model.search().set(" ada ");
            model.active().set(false);
            model.role().set(Optional.of(Role.MODERATOR));

            assertThat(peer.rest().calls().getLast().pathAndQuery())
                    .isEqualTo("/users?q=ada&role=moderator&active=false&limit=100");
        }
    }

    @Test
    void changedRoleIsSaidAndShown() throws Exception {
        try (ConsolePeer peer = new ConsolePeer(Role.ADMIN)) {
            TestConsole.Told told = new TestConsole.Told();
            PeopleViewModel model = new PeopleViewModel(TestConsole.signedIn(peer.url(), told));
            model.refresh();
            User target = model.rows().items().get(1);
            model.selected().set(Optional.of(target));

            model.changeRole(Role.MODERATOR);

            assertThat(told.said()).containsExactly(target.username() + " is now: Moderator");
            assertThat(model.rows().items().get(1).role()).isEqualTo(Role.MODERATOR);
        }
    }

    @Test
    void refusalOfTheServerIsTold() throws Exception {
        try (ConsolePeer peer = new ConsolePeer(Role.ADMIN)) {
            TestConsole.Told told = new TestConsole.Told();
            Console console = TestConsole.signedIn(peer.url(), told);
            PeopleViewModel model = new PeopleViewModel(console);
            peer.rest().on("DELETE /users/" + ConsolePeer.MEMBER, _ -> Reply.error(409, "CONFLICT"));
            model.selected().set(Optional.of(console.client().users().get(new UserId(ConsolePeer.MEMBER))));

            model.deactivate();

            assertThat(told.said()).isEmpty();
            assertThat(told.complaints()).containsExactly("Not possible: as asked");
        }
    }
}
