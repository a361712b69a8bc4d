package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javafx.animation.AnimationTimer;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Phone;
import storm.e2e.people.Words;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.embedded.fixture.TestStore;
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
        until(() -> latest("connections") == 1);
        assertThat(drawn("connections")).as("older figures stay").contains(2L);
        List<String> flicker = new CopyOnWriteArrayList<>();
        robot.interact(() -> robot.lookup("#overview-connections")
                .queryAs(Labeled.class)
                .textProperty()
                .addListener((_, _, now) -> flicker.add(now)));

        storm.worker().freeze();
        try {
            for (int i = 0; i < 12; i++) {
                ann.post(channel, Words.text());
            }
            until(() -> number("#overview-waiting") + number("#overview-active") >= 12);
            until(() -> !text("#overview-oldest").equals("0 s"));
            until(() -> latest("backlog") >= 12);
            picture("overview-backlog");
        } finally {
            storm.worker().thaw();
        }
        until(() -> text("#overview-waiting").equals("0"));
        until(() -> !text("#overview-rate").equals("0.0"));
        assertThat(flicker).as("a figure that stays the same is not touched").isEmpty();
    }

    /// What a chart shows, oldest first.
    private List<Long> drawn(String chart) {
        XYChart<?, ?> shown = robot.lookup("#overview-chart-" + chart).queryAs(XYChart.class);
        return shown.getData().stream()
                .flatMap(series -> series.getData().stream())
                .map(point -> ((Number) point.getYValue()).longValue())
                .toList();
    }

    private long latest(String chart) {
        return drawn(chart).getLast();
    }

    @Test
    void aStoreThatIsAwayIsNamedAndComesBackByItself() {
        signInAsAdmin();
        until(() -> text("#overview-part-delivery").equals("Connected"));

        TestStore mongo = storm.stores().mongo();
        mongo.stop();
        try {
            until(() -> text("#overview-part-mongo").equals("Disconnected"));
            until(() -> text("#outage").contains("MongoDB"));
            picture("outage-mongo");
        } finally {
            mongo.start();
        }
        until(() -> text("#overview-part-mongo").equals("Connected") && !shows("#outage"));

        TestStore redis = storm.stores().redis();
        redis.stop();
        try {
            until(() -> text("#overview-part-redis").equals("Disconnected"));
            until(() -> text("#outage").contains("Redis"));
        } finally {
            redis.start();
        }
        until(() -> text("#overview-part-redis").equals("Connected") && !shows("#outage"));
        assertThat(shows("#shell")).as("nobody had to sign in again").isTrue();
    }

    private int number(String label) {
        return text(label).matches("[0-9]+") ? Integer.parseInt(text(label)) : -1;
    }

    @Test
    void anOutageIsToldOnEveryPageAndEndsByItself() {
        signInAsAdmin();
        go("people");
        until(() -> rows("#people-table") > 0);

        // Nothing is answered, and nothing in the window waits for it.
        Duration longest;
        storm.rest().freeze();
        try {
            longest = longestPause(() -> {
                for (String page : new String[] {"channels", "deadletters", "audit", "overview", "people"}) {
                    go(page);
                }
            });
        } finally {
            storm.rest().thaw();
        }
        assertThat(longest).isLessThan(Duration.ofSeconds(2));

        wire.cut();
        until(() -> shows("#outage"));
        assertThat(text("#outage")).contains("out of reach");
        picture("outage");
        fillIn("#people-search", "newcomer");
        until(() -> !text("#people-failure").isEmpty());
        assertThat(rows("#people-table")).as("what was there stays").isPositive();
        Person newcomer = people.join("newcomer");

        wire.mend();
        until(() -> !shows("#outage"));
        until(() -> has("#people-table", User.class, user -> user.id().equals(newcomer.id())));
    }

    /// The longest time between two frames while something is done.
    private Duration longestPause(Runnable what) {
        AtomicLong longest = new AtomicLong();
        AnimationTimer frames = new AnimationTimer() {
            private long before = System.nanoTime();

            @Override
            public void handle(long now) {
                long at = System.nanoTime();
                longest.accumulateAndGet(at - before, Math::max);
                before = at;
            }
        };
        robot.interact(frames::start);
        what.run();
        robot.interact(frames::stop);
        return Duration.ofNanos(longest.get());
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
        // There may be a scroll bar now.
        assertThat(usernames()).isCloseTo(widened, org.assertj.core.data.Offset.offset(12.0));
    }

    private static <T> void widen(TableView<T> table) {
        TableColumn<T, ?> first = table.getColumns().getFirst();
        table.resizeColumn(first, 60);
    }

    private double usernames() {
        return table("#people-table").getColumns().getFirst().getWidth();
    }
}
