package storm.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import storm.admin.ConsolePeer;
import storm.admin.ui.FxWork;
import storm.admin.ui.Remembered;
import storm.admin.ui.Texts;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.users.Role;

/// Flows through every page, each with a picture under `target/screenshots`.
// TestFX fills the fields in before each test, which the null check cannot see.
@SuppressWarnings("NullAway.Init")
@ExtendWith(ApplicationExtension.class)
class ConsoleFlowTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, String> memory = new ConcurrentHashMap<>();
    private ConsolePeer peer;
    private Stage window;

    @Start
    void start(Stage stage) throws IOException {
        peer = new ConsolePeer(Role.ADMIN);
        window = stage;
        memory.put("url", peer.url());
        memory.put("theme", "light");
        Remembered remembered = new Remembered() {
            @Override
            public Optional<String> get(String key) {
                return Optional.ofNullable(memory.get(key));
            }

            @Override
            public void put(String key, String value) {
                memory.put(key, value);
            }
        };
        new Desk(stage, new FxWork(), new Texts(Locale.ENGLISH), remembered, ZoneId.of("UTC")).open();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            return condition.call();
        });
    }

    private static boolean shows(FxRobot robot, String query) {
        return robot.lookup(query).tryQuery().filter(node -> node.isVisible()).isPresent();
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Labeled.class).getText();
    }

    private static int rows(FxRobot robot, String table) {
        return robot.lookup(table).queryAs(TableView.class).getItems().size();
    }

    private void signIn(FxRobot robot) {
        robot.clickOn("#signin-email").write("admin@example.org");
        robot.clickOn("#signin-password").write("Right-password-1");
        robot.clickOn("#signin-submit");
        until(() -> shows(robot, "#shell"));
    }

    private void go(FxRobot robot, String page) {
        robot.clickOn("#nav-" + page);
        until(() -> shows(robot, "#" + page));
    }

    private void picture(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> write(window.getScene().snapshot(null), name));
    }

    /// The headless screen is smaller than this: the page is laid out in a scene of its own.
    private void largePicture(FxRobot robot, String name) {
        robot.interact(() -> {
            Scene small = window.getScene();
            Parent root = small.getRoot();
            small.setRoot(new Pane());
            Scene large = new Scene(root, 1920, 1080);
            large.getStylesheets().setAll(small.getStylesheets());
            write(large.snapshot(null), name);
            large.setRoot(new Pane());
            small.setRoot(root);
        });
    }

    private static void write(WritableImage image, String name) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                copy.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        try {
            Files.createDirectories(PICTURES);
            ImageIO.write(copy, "png", PICTURES.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void wrongPasswordIsTold(FxRobot robot) {
        robot.clickOn("#signin-email").write("admin@example.org");
        robot.clickOn("#signin-password").write("Wrong-password-1");
        robot.clickOn("#signin-submit");

        until(() -> text(robot, "#signin-message").contains("wrong"));
        picture(robot, "signin-light");
    }

    @Test
    void everyPageShowsWhatTheServerHas(FxRobot robot) {
        signIn(robot);
        until(() -> text(robot, "#overview-waiting").equals("42"));
        until(() -> text(robot, "#overview-part-delivery").equals("Connected"));
        assertThat(text(robot, "#nav-badge")).isEqualTo("37");
        picture(robot, "overview-light");

        go(robot, "channels");
        until(() -> rows(robot, "#channels-table") > 10);
        robot.clickOn("general");
        until(() -> text(robot, "#channel-title").equals("#general"));
        until(() -> shows(robot, "#channel-members"));
        picture(robot, "channels-light");

        go(robot, "people");
        until(() -> rows(robot, "#people-table") == 100);
        robot.clickOn("#people-more");
        until(() -> rows(robot, "#people-table") == 200);
        picture(robot, "people-light");

        go(robot, "deadletters");
        until(() -> rows(robot, "#deadletters-table") == 37);
        picture(robot, "deadletters-light");

        go(robot, "audit");
        until(() -> rows(robot, "#audit-table") == 60);
        picture(robot, "audit-light");

        robot.clickOn("#toggle-theme");
        for (String page : new String[] {"overview", "channels", "people", "deadletters", "audit"}) {
            go(robot, page);
            picture(robot, page + "-dark");
        }
        for (String page : new String[] {"overview", "channels", "people", "deadletters", "audit"}) {
            go(robot, page);
            largePicture(robot, page + "-dark-1920");
        }
    }

    @Test
    void selectedDeadLetterGoesBackToTheQueue(FxRobot robot) {
        signIn(robot);
        go(robot, "deadletters");
        until(() -> rows(robot, "#deadletters-table") == 37);

        robot.interact(() -> robot.lookup("#deadletters-table")
                .queryAs(TableView.class)
                .getSelectionModel()
                .selectRange(0, 2));
        robot.clickOn("#deadletters-retry");
        until(() -> shows(robot, "#sheet-ok"));
        picture(robot, "deadletters-retry");
        robot.clickOn("#sheet-ok");

        until(() -> text(robot, "#deadletters-result").equals("2 sent back to the queue"));
        until(() -> rows(robot, "#deadletters-table") == 35);
    }

    @Test
    void channelIsDeletedOnlyAfterItsNameWasTyped(FxRobot robot) {
        signIn(robot);
        go(robot, "channels");
        until(() -> rows(robot, "#channels-table") > 10);
        robot.clickOn("support");
        until(() -> text(robot, "#channel-title").equals("#support"));
        robot.clickOn("#channel-delete");
        until(() -> shows(robot, "#sheet-typed"));
        assertThat(robot.lookup("#sheet-ok").query().isDisabled()).isTrue();
        robot.clickOn("#sheet-typed").write("support");
        picture(robot, "channel-delete");

        robot.clickOn("#sheet-ok");

        until(() -> robot.lookup("support").tryQuery().isEmpty());
    }

    @Test
    void ownRoleIsNotOffered(FxRobot robot) {
        signIn(robot);
        go(robot, "people");
        until(() -> rows(robot, "#people-table") == 100);

        robot.interact(() -> robot.lookup("#people-table")
                .queryAs(TableView.class)
                .getSelectionModel()
                .select(0));

        assertThat(robot.lookup("#people-role").query().isDisabled()).isTrue();
        assertThat(robot.lookup("#people-activity").query().isDisabled()).isTrue();
    }

    @Test
    void roleIsChanged(FxRobot robot) {
        signIn(robot);
        go(robot, "people");
        until(() -> rows(robot, "#people-table") == 100);
        robot.interact(() -> robot.lookup("#people-table")
                .queryAs(TableView.class)
                .getSelectionModel()
                .select(1));

        robot.clickOn("#people-role").clickOn("Moderator");

        until(() -> peer.rest().calls().stream()
                .anyMatch(call -> call.method().equals("PATCH") && call.body().contains("moderator")));
    }

    @Test
    void keysLeadToEveryPage(FxRobot robot) {
        signIn(robot);

        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT3).release(KeyCode.CONTROL);

        until(() -> shows(robot, "#people"));
    }

    @Test
    void outageIsToldAndEndsByItself(FxRobot robot) {
        signIn(robot);
        until(() -> text(robot, "#overview-waiting").equals("42"));
        peer.rest().on("GET /queue/stats", _ -> Reply.error(503, "SERVICE_UNAVAILABLE"));
        until(() -> shows(robot, "#overview-outage"));
        picture(robot, "overview-outage");

        peer.rest().on("GET /queue/stats", _ -> Reply.data("""
                {"waiting":5,"active":0,"delayed":0,"dead":0,"processedPerMinute":0,"failedPerMinute":0,\
                "oldestWaitingMs":0,"liveWorkers":1}"""));

        until(() -> !shows(robot, "#overview-outage"));
        until(() -> text(robot, "#overview-waiting").equals("5"));
    }

    @Test
    void revokedSessionLeadsBackToTheSignIn(FxRobot robot) {
        signIn(robot);
        peer.rest().on("GET /users", _ -> Reply.error(401, "TOKEN_REVOKED"));

        robot.clickOn("#nav-people");

        until(() -> shows(robot, "#signin"));
        assertThat(robot.lookup("#signin-message").queryAs(Label.class).getText())
                .contains("ended");
    }

    @Test
    void signOutRevokesTheSession(FxRobot robot) {
        signIn(robot);

        robot.clickOn("#sign-out");

        until(() -> shows(robot, "#signin"));
        assertThat(peer.rest().count("POST /auth/logout")).isEqualTo(1);
    }
}
