package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn.SortType;
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
        until(() -> rows("#people-table") == 1);
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
        click("#people-role-moderator");
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

        // What was told goes away by itself.
        until(() -> robot.lookup("#notices .notification").queryAll().isEmpty());

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

        // Meanwhile somebody makes an admin of her: what is still offered is refused.
        find(dora);
        admin.client().users().changeRole(dora.id(), Role.ADMIN);
        click("#people-role");
        click("#people-role-moderator");
        awaitNotice("may not");
        picture("people-refused");
        assertThat(admin.client().users().get(dora.id()).role()).isEqualTo(Role.ADMIN);

        Person client = people.signIn(moderator.email(), moderator.password());
        assertThatThrownBy(() -> client.client().users().changeRole(admin.id(), Role.MEMBER))
                .hasFieldOrPropertyWithValue("code", ErrorCode.FORBIDDEN);
        assertThatThrownBy(() -> client.client().users().deactivate(dora.id()))
                .hasFieldOrPropertyWithValue("code", ErrorCode.FORBIDDEN);
    }

    @Test
    void peopleAreFilteredByRoleAndSortedAndTheirTimesAreExactOnHover() {
        Person zoe = moderator("zoe");
        Person abe = moderator("abe");
        people.join("somebody");
        signInAsAdmin();
        go("people");
        until(() -> rows("#people-table") > 3);

        role(Role.MODERATOR);
        until(() -> column("people-role").stream().allMatch("Moderator"::equals));
        assertThat(column("people-username"))
                .as("newest first, as the server sends them")
                .containsSubsequence(abe.username(), zoe.username());
        sortBy("#people-table", "people-username", SortType.ASCENDING);
        until(() -> column("people-username")
                .equals(column("people-username").stream()
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList()));
        picture("people-sorted");
        sortBy("#people-table", "people-username", SortType.DESCENDING);
        until(() -> column("people-username").indexOf(zoe.username())
                < column("people-username").indexOf(abe.username()));

        assertThat(hover("people-created")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
    }

    @SuppressWarnings("unchecked")
    private void role(Role wanted) {
        robot.interact(() -> ((ComboBox<Optional<Role>>)
                        robot.lookup("#people-filter-role").queryAs(ComboBox.class))
                .setValue(Optional.of(wanted)));
    }

    private java.util.List<String> offered() {
        return robot.lookup("#people-role").queryAs(MenuButton.class).getItems().stream()
                .map(MenuItem::getText)
                .toList();
    }
}
