package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.errors.ErrorCode;
import storm.protocol.users.Role;
import storm.protocol.users.User;

@RunsOn(Topology.SPLIT)
class PeopleIT extends ConsoleFlow {
    PeopleIT(Storm storm) {
        super(storm);
    }

    private void find(Person person) {
        fillIn("#people-search", person.username());
        select("#people-table", User.class, it -> it.id().equals(person.id()));
    }

    @Test
    void anAdminChangesARoleEndsSessionsAndDeactivates() {
        Person admin = admin();
        Person carl = people.join("carl");
        signInAsAdmin();
        go("people");
        find(carl);

        click("#people-role");
        robot.clickOn("Moderator");
        awaitNotice("Moderator");
        assertThat(admin.client().users().get(carl.id()).role()).isEqualTo(Role.MODERATOR);
        until(() -> has("#people-table", User.class, it -> it.id().equals(carl.id()) && it.role() == Role.MODERATOR));
        picture("people-role");

        Person again = people.signIn(carl.email(), carl.password());
        assertThat(again.rest().get("/users/me").status()).isEqualTo(200);
        click("#people-sessions");
        picture("people-sessions");
        sayYes();
        awaitNotice("signed out everywhere");
        assertThat(again.rest().get("/users/me").code()).isEqualTo("TOKEN_REVOKED");

        click("#people-activity");
        sayYes();
        awaitNotice("deactivated");
        assertThat(admin.client().users().get(carl.id()).isActive()).isFalse();
        until(() -> rows("#people-table") == 0);
        click("#people-filter-inactive");
        until(() -> rows("#people-table") == 1);
        select("#people-table", User.class, it -> it.id().equals(carl.id()));
        picture("people-deactivated");
        click("#people-activity");
        awaitNotice("can sign in again");
        assertThat(admin.client().users().get(carl.id()).isActive()).isTrue();
    }

    @Test
    void aModeratorIsOfferedOnlyWhatTheyMayDoAndTheServerRefusesTheRest() {
        Person admin = admin();
        Person moderator = moderator("mod");
        Person dora = people.join("dora");
        signIn(moderator);
        assertThat(robot.lookup("#nav-audit").tryQuery())
                .as("the audit log is for admins")
                .isEmpty();
        go("people");

        find(dora);
        assertThat(offered()).containsExactly("Moderator");
        assertThat(isOffered("#people-activity")).isFalse();
        assertThat(isOffered("#people-sessions")).isFalse();
        find(moderator);
        assertThat(isOffered("#people-role")).isFalse();
        fillIn("#people-search", secret("STORM_ADMIN_EMAIL"));
        until(() -> rows("#people-table") == 1);
        select("#people-table", User.class, it -> it.id().equals(admin.id()));
        assertThat(isOffered("#people-role")).isFalse();
        picture("people-moderator");

        Person client = people.signIn(moderator.email(), moderator.password());
        assertThatThrownBy(() -> client.client().users().changeRole(admin.id(), Role.MEMBER))
                .hasFieldOrPropertyWithValue("code", ErrorCode.FORBIDDEN);
        assertThatThrownBy(() -> client.client().users().deactivate(dora.id()))
                .hasFieldOrPropertyWithValue("code", ErrorCode.FORBIDDEN);
    }

    private java.util.List<String> offered() {
        return robot.lookup("#people-role").queryAs(MenuButton.class).getItems().stream()
                .map(MenuItem::getText)
                .toList();
    }
}
