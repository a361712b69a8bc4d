package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.channels.Channel;
import storm.protocol.users.Role;

@RunsOn(Topology.SPLIT)
class KeyboardIT extends ConsoleFlow {
    private static final int MOST_STOPS = 80;

    KeyboardIT(Storm storm) {
        super(storm);
    }

    @Test
    void aDaysWorkIsDoneWithoutAMouse() {
        Person admin = admin();
        Person eve = people.join("eve");
        String first = Words.name("keys");
        String second = Words.name("other");
        signInByKeys();
        everyStopIsReachedAndSaysWhatItIs("overview");

        // A channel is made, found, described, gets a member, is archived.
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        press(KeyCode.CONTROL, KeyCode.N);
        until(() -> isFocused("#channel-name"));
        robot.write(first).type(KeyCode.TAB).write("Made by keys").type(KeyCode.TAB);
        assertThat(isFocused("#sheet-cancel")).as("no way out but forward").isTrue();
        robot.type(KeyCode.TAB, KeyCode.SPACE);
        awaitNotice("#" + first);
        press(KeyCode.CONTROL, KeyCode.F);
        robot.write(first);
        until(() -> rows("#channels-table") == 1);
        tabTo("#channels-table");
        robot.type(KeyCode.HOME, KeyCode.SPACE);
        until(() -> text("#channel-title").equals("#" + first));
        everyStopIsReachedAndSaysWhatItIs("channels");
        press(KeyCode.CONTROL, KeyCode.E);
        until(() -> isFocused("#channel-name"));
        press(KeyCode.CONTROL, KeyCode.A);
        robot.write(second).type(KeyCode.ENTER);
        until(() -> text("#channel-title").equals("#" + second));
        press(KeyCode.CONTROL, KeyCode.M);
        until(() -> isFocused("#member-search"));
        robot.write(eve.username());
        until(() -> list("#member-found").getItems().size() == 1);
        robot.type(KeyCode.ENTER);
        until(() -> list("#channel-members").getItems().size() == 2);
        tabTo("#channel-members");
        robot.type(KeyCode.END, KeyCode.DELETE);
        until(() -> isFocused("#sheet-cancel"));
        robot.type(KeyCode.TAB, KeyCode.SPACE);
        until(() -> list("#channel-members").getItems().size() == 1);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.A).release(KeyCode.SHIFT, KeyCode.CONTROL);
        until(() -> isFocused("#sheet-cancel"));
        robot.type(KeyCode.TAB, KeyCode.SPACE);
        awaitNotice("archived");
        assertThat(admin.client()
                        .channels()
                        .list(new storm.client.channels.ChannelsCalls.Filter(second, true, true), 10, null)
                        .items())
                .extracting(Channel::isArchived)
                .containsExactly(true);

        // Somebody is found and gets another role.
        press(KeyCode.CONTROL, KeyCode.DIGIT3);
        press(KeyCode.CONTROL, KeyCode.F);
        robot.write(eve.username());
        until(() -> rows("#people-table") == 1);
        tabTo("#people-table");
        robot.type(KeyCode.HOME, KeyCode.SPACE);
        until(() -> isOffered("#people-role"));
        everyStopIsReachedAndSaysWhatItIs("people");
        press(KeyCode.CONTROL, KeyCode.R);
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        until(() -> admin.client().users().get(eve.id()).role() != Role.MEMBER);
        press(KeyCode.CONTROL, KeyCode.D);
        until(() -> isFocused("#sheet-cancel"));
        robot.type(KeyCode.TAB, KeyCode.SPACE);
        until(() -> !admin.client().users().get(eve.id()).isActive());

        press(KeyCode.CONTROL, KeyCode.DIGIT4);
        until(() -> shows("#deadletters"));
        everyStopIsReachedAndSaysWhatItIs("deadletters");
        press(KeyCode.CONTROL, KeyCode.DIGIT5);
        until(() -> shows("#audit"));
        everyStopIsReachedAndSaysWhatItIs("audit");
        robot.type(KeyCode.F1);
        until(() -> shows("#shortcuts"));
        picture("shortcuts");
        robot.type(KeyCode.ESCAPE);
        until(() -> !shows("#shortcuts"));
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.L).release(KeyCode.SHIFT, KeyCode.CONTROL);
        assertThat(memory).containsEntry("theme", "dark");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.Q).release(KeyCode.SHIFT, KeyCode.CONTROL);
        until(() -> shows("#signin"));
    }

    private void signInByKeys() {
        until(() -> isFocused("#signin-email"));
        robot.write(secret("STORM_ADMIN_EMAIL"));
        robot.type(KeyCode.TAB).write(secret("STORM_ADMIN_PASSWORD")).type(KeyCode.ENTER);
        until(() -> shows("#shell"));
    }

    private ListView<?> list(String query) {
        return robot.lookup(query).queryAs(ListView.class);
    }

    private boolean isFocused(String query) {
        return robot.lookup(query).tryQuery().filter(Node::isFocused).isPresent();
    }

    private void tabTo(String query) {
        for (int i = 0; i < MOST_STOPS && !isFocused(query); i++) {
            robot.type(KeyCode.TAB);
        }
        assertThat(isFocused(query)).as(query + " is reached by Tab").isTrue();
    }

    /// Goes once round the window by Tab.
    private void everyStopIsReachedAndSaysWhatItIs(String page) {
        Set<Node> reached = new HashSet<>();
        do {
            robot.type(KeyCode.TAB);
        } while (reached.add(window.getScene().getFocusOwner()) && reached.size() < MOST_STOPS);
        List<Control> wanted = Stream.of("#" + page, ".navigation")
                .flatMap(part -> robot
                        .from(robot.lookup(part))
                        .lookup((Node node) -> node instanceof Control)
                        .queryAllAs(Control.class)
                        .stream())
                .filter(each -> each instanceof ButtonBase
                        || each instanceof TextInputControl
                        || each instanceof ComboBoxBase
                        || each instanceof TableView
                        || each instanceof ListView)
                .filter(each -> each.isFocusTraversable() && !each.isDisabled() && isSeen(each))
                .toList();
        assertThat(wanted).isNotEmpty();
        assertThat(reached).as("what Tab reaches on " + page).containsAll(wanted);
        assertThat(wanted)
                .as("what a screen reader tells on " + page)
                .allMatch(each -> !said(each).isBlank());
    }

    private static String said(Control control) {
        String text = control.getAccessibleText();
        if (text != null && !text.isBlank()) {
            return text;
        }
        return control instanceof Labeled labeled ? String.valueOf(labeled.getText()) : "";
    }
}
