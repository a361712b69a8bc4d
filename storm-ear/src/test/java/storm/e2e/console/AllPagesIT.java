package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.channels.Channel;
import storm.protocol.channels.UpdateChannelRequest;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.ids.ChannelId;
import storm.protocol.users.Role;
import storm.protocol.users.User;

/// Every page with something on it, in both themes and two sizes.
@RunsOn(Topology.SPLIT)
class AllPagesIT extends ConsoleFlow {
    private static final String[] PAGES = {"overview", "channels", "people", "deadletters", "audit"};
    private static final int[][] SIZES = {{1280, 800}, {1920, 1080}};
    private static final List<String> NAMES = List.of(
            "messages-sender",
            "deadletters-channel",
            "deadletters-sender",
            "audit-actor",
            "audit-target",
            "audit-details");

    AllPagesIT(Storm storm) {
        super(storm);
    }

    @Test
    void everyPageIsWhollyReadableInBothThemesAndSizes() {
        ChannelId busy = furnish();
        signInAsAdmin();
        until(() -> text("#overview-part-delivery").equals("Connected"));
        until(() -> !text("#overview-connections").equals("0"));
        go("channels");
        select("#channels-table", Channel.class, it -> it.id().equals(busy));
        until(() -> shows("#channel-members"));
        go("people");
        select("#people-table", User.class, it -> it.username().startsWith("grace"));
        go("deadletters");
        select("#deadletters-table", DeadLetter.class, _ -> true);
        until(() -> shows("#deadletters-details"));
        go("audit");
        until(() -> rows("#audit-table") > 10);

        for (String page : PAGES) {
            go(page);
            if (page.equals("channels")) {
                robot.clickOn("Messages");
                until(() -> rows("#messages-table") > 0);
            }
            for (String theme : new String[] {"light", "dark"}) {
                for (int[] size : SIZES) {
                    layOut(size[0], size[1]);
                    until(() -> NAMES.stream().noneMatch(id -> column(id).contains("–")));
                    assertThat(clipped(page))
                            .as("cut off on %s at %d x %d", page, size[0], size[1])
                            .isEmpty();
                    pictureOfAll("%s-%s-%dx%d".formatted(page, theme, size[0], size[1]));
                }
                robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.L).release(KeyCode.SHIFT, KeyCode.CONTROL);
            }
            layOut((int) window.getScene().getWidth(), (int) window.getScene().getHeight());
        }
    }

    /// Texts that are not wholly drawn, other than details that have no end.
    private List<String> clipped(String page) {
        List<String> clipped = new ArrayList<>();
        for (Labeled each : robot.lookup("#" + page + " .label, #" + page + " .button, #" + page + " .toggle-button, #"
                        + page + " .menu-button, #" + page + " .table-cell")
                .queryAllAs(Labeled.class)) {
            boolean endless = each instanceof TableCell<?, ?> cell
                    && cell.getTableColumn() != null
                    && "audit-details".equals(cell.getTableColumn().getId());
            if (isSeen(each)
                    && !endless
                    && !each.getText().isEmpty()
                    && !shown(each).equals(each.getText())) {
                clipped.add(each.getText());
            }
        }
        for (TextField field : robot.lookup("#" + page + " .text-field").queryAllAs(TextField.class)) {
            field.lookupAll(".text").stream()
                    .map(Text.class::cast)
                    .filter(text -> text.getText().equals(field.getPromptText()))
                    .filter(text -> right(text) > right(field) - 6)
                    .forEach(text -> clipped.add(text.getText()));
        }
        return clipped;
    }

    private static double right(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMaxX();
    }

    /// What is really drawn, which may end in dots.
    private static String shown(Labeled labeled) {
        return labeled.lookupAll(".text").stream()
                .filter(Text.class::isInstance)
                .map(each -> ((Text) each).getText())
                .findFirst()
                .orElse("");
    }

    /// People, channels, talk, and a few things that went wrong.
    private ChannelId furnish() {
        Person admin = admin();
        List<Person> crew = new ArrayList<>();
        for (String name : new String[] {
            "ada_lovelace", "grace_hopper", "linus", "barbara_liskov", "dennis", "margaret_hamilton", "ken", "radia"
        }) {
            crew.add(people.joinAs(name));
        }
        admin.client().users().changeRole(crew.get(1).id(), Role.MODERATOR);
        Person ada = crew.get(0);
        List<ChannelId> channels = new ArrayList<>();
        for (String name :
                new String[] {"general", "support", "releases", "design", "incidents", "announcements", "hiring"}) {
            channels.add(ada.client()
                    .channels()
                    .create(name, "Everything about " + name + ".")
                    .id());
        }
        for (ChannelId channel : channels) {
            for (Person each : crew.subList(2, 2 + channels.indexOf(channel) % 5)) {
                ada.client().channels().addMember(channel, each.id());
            }
        }
        ChannelId busy = channels.get(4);
        for (int i = 0; i < 12; i++) {
            (i % 3 == 0 ? ada : crew.get(2 + i % 3)).post(busy, Words.text());
        }
        admin.client().channels().update(channels.get(6), new UpdateChannelRequest(null, null, true));
        admin.client().users().deactivate(crew.get(7).id());
        Undeliverable.send(storm, admin, crew.get(3), busy, 4);
        Undeliverable.send(storm, admin, crew.get(2), channels.get(3), 3);
        ada.phone();
        crew.get(4).phone();
        crew.get(5).phone();
        return busy;
    }
}
