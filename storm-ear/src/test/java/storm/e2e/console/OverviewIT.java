package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Phone;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.ids.ChannelId;
import storm.protocol.users.User;

@RunsOn(Topology.SPLIT)
class OverviewIT extends ConsoleFlow {
    OverviewIT(Storm storm) {
        super(storm);
    }

    @Test
    void healthQueueAndConnectionsAreThoseOfTheServers() {
        Person ann = people.join("ann");
        ChannelId channel = ann.channelWith();
        Phone first = ann.phone();
        ann.phone();
        signInAsAdmin();
        for (String part : new String[] {"mongo", "redis", "worker", "delivery"}) {
            until(() -> text("#overview-part-" + part).equals("Connected"));
        }
        until(() -> text("#overview-connections").equals("2"));
        first.close();
        until(() -> text("#overview-connections").equals("1"));

        storm.worker().freeze();
        try {
            for (int i = 0; i < 3; i++) {
                ann.post(channel, Words.text());
            }
            until(() -> number("#overview-waiting") >= 3);
            picture("overview-backlog");
        } finally {
            storm.worker().thaw();
        }
        until(() -> text("#overview-waiting").equals("0"));
    }

    private int number(String label) {
        return text(label).matches("[0-9]+") ? Integer.parseInt(text(label)) : -1;
    }

    @Test
    void anOutageIsToldOnEveryPageAndEndsByItself() {
        signInAsAdmin();
        go("people");
        until(() -> rows("#people-table") > 0);

        wire.cut();
        until(() -> shows("#outage"));
        assertThat(text("#outage")).contains("out of reach");
        picture("outage");
        Person newcomer = people.join("newcomer");

        wire.mend();
        until(() -> !shows("#outage"));
        until(() -> has("#people-table", User.class, user -> user.id().equals(newcomer.id())));
    }

    @Test
    void everythingIsReachedByTheKeyboardAndTheKeysAreShown() {
        robot.clickOn("#signin-email").eraseText(40).write(secret("STORM_ADMIN_EMAIL"));
        robot.type(KeyCode.TAB).write(secret("STORM_ADMIN_PASSWORD")).type(KeyCode.ENTER);
        until(() -> shows("#shell"));
        String[] pages = {"overview", "channels", "people", "deadletters", "audit"};
        for (int i = pages.length - 1; i >= 0; i--) {
            String page = pages[i];
            press(KeyCode.CONTROL, KeyCode.getKeyCode(String.valueOf(i + 1)));
            until(() -> shows("#" + page));
        }

        press(KeyCode.CONTROL, KeyCode.DIGIT3);
        press(KeyCode.CONTROL, KeyCode.F);
        robot.write("admin");
        until(() -> rows("#people-table") == 1);

        robot.type(KeyCode.F1);
        until(() -> shows("#shortcuts"));
        picture("shortcuts");
        robot.type(KeyCode.ESCAPE);
        until(() -> !shows("#shortcuts"));

        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        press(KeyCode.CONTROL, KeyCode.N);
        until(() -> shows("#channel-name"));
        robot.type(KeyCode.ESCAPE);
        until(() -> !shows("#channel-name"));
    }

    private void press(KeyCode modifier, KeyCode key) {
        robot.press(modifier).type(key).release(modifier);
    }

    @Test
    void windowAndColumnsAreAsTheyWereLeft() {
        signInAsAdmin();
        go("people");
        robot.interact(() -> {
            window.setWidth(1180);
            window.setHeight(760);
        });
        robot.interact(() -> widen(table("#people-table")));
        double widened = usernames();
        Map<String, String> left = Map.copyOf(memory);

        robot.interact(() -> {
            window.setWidth(1300);
            window.setHeight(800);
            memory.clear();
            memory.putAll(left);
            open(Locale.ENGLISH);
        });
        signInAsAdmin();
        go("people");

        assertThat(window.getWidth()).isEqualTo(1180);
        assertThat(window.getHeight()).isEqualTo(760);
        assertThat(usernames()).isCloseTo(widened, org.assertj.core.data.Offset.offset(3.0));
    }

    private static <T> void widen(TableView<T> table) {
        TableColumn<T, ?> first = table.getColumns().getFirst();
        table.resizeColumn(first, 60);
    }

    private double usernames() {
        return table("#people-table").getColumns().getFirst().getWidth();
    }
}
