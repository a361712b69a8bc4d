package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Labeled;
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

        for (String theme : new String[] {"light", "dark"}) {
            for (String page : PAGES) {
                go(page);
                until(() -> robot.lookup(".progress-indicator").queryAll().stream()
                        .noneMatch(each -> each.isVisible() && each.getScene() != null && each.getOpacity() > 0));
                picture(page + "-" + theme + "-1280x800", 1280, 800);
                picture(page + "-" + theme + "-1920x1080", 1920, 1080);
            }
            assertThat(clipped()).as("texts cut off on the last page").isEmpty();
            click("#toggle-theme");
        }
    }

    /// Headers and buttons whose text does not fit.
    private List<String> clipped() {
        List<String> clipped = new ArrayList<>();
        for (String page : PAGES) {
            go(page);
            for (Labeled each : robot.lookup("#" + page + " .column-header .label, #" + page + " .button")
                    .queryAllAs(Labeled.class)) {
                if (each.isVisible()
                        && shown(each).endsWith("…")
                        && !each.getText().endsWith("…")) {
                    clipped.add(page + ": " + each.getText());
                }
            }
        }
        return clipped;
    }

    /// What is really drawn, which may end in an ellipsis.
    private static String shown(Labeled labeled) {
        return labeled.lookupAll(".text").stream()
                .filter(javafx.scene.text.Text.class::isInstance)
                .map(each -> ((javafx.scene.text.Text) each).getText())
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
