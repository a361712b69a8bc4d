package storm.e2e.console;

import static org.awaitility.Awaitility.await;

import atlantafx.base.controls.Notification;
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
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import storm.admin.shell.Desk;
import storm.admin.ui.FxWork;
import storm.admin.ui.Remembered;
import storm.admin.ui.Texts;
import storm.e2e.StormTest;
import storm.e2e.people.Person;
import storm.e2e.servers.Storm;

/// A console in a window, and somebody with a mouse and a keyboard before it. Pictures go to `target/screenshots`.
// The fields are filled in before each test, which the null check cannot see.
@SuppressWarnings("NullAway.Init")
abstract class ConsoleFlow extends StormTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What the console remembers from one start to the next.
    protected final Map<String, String> memory = new ConcurrentHashMap<>();

    protected final FxRobot robot = new FxRobot();

    /// The console's way to the REST server.
    protected Wire wire;

    protected Stage window;

    ConsoleFlow(Storm storm) {
        super(storm);
    }

    @BeforeEach
    void sitDown() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        wire = Wire.to(storm.rest().http().getPort());
        memory.put("url", "http://127.0.0.1:" + wire.port());
        memory.put("theme", "light");
        robot.interact(() -> {
            window = new Stage();
            open(Locale.ENGLISH);
        });
    }

    @AfterEach
    void standUp() {
        robot.release(new KeyCode[0]).release(new MouseButton[0]);
        robot.interact(window::close);
        wire.close();
    }

    /// Opens the console, as at its next start, in the same window.
    protected final void open(Locale locale) {
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
        new Desk(window, new FxWork(), new Texts(locale), remembered, ZoneId.of("UTC")).open();
    }

    // ------------------------------------------------------------------------------------------ what a person does

    protected final void signIn(Person person) {
        signIn(person.email(), person.password());
    }

    protected final void signIn(String email, String password) {
        fillIn("#signin-email", email);
        fillIn("#signin-password", password);
        click("#signin-submit");
        until(() -> shows("#shell"));
    }

    protected final void signInAsAdmin() {
        signIn(secret("STORM_ADMIN_EMAIL"), secret("STORM_ADMIN_PASSWORD"));
    }

    protected final String secret(String name) {
        return String.valueOf(storm.secrets().values().get(name));
    }

    protected final void go(String page) {
        click("#nav-" + page);
        until(() -> shows("#" + page));
    }

    protected final void press(KeyCode modifier, KeyCode key) {
        robot.press(modifier).type(key).release(modifier);
    }

    protected final void click(String query) {
        until(() -> shows(query) && !robot.lookup(query).query().isDisabled());
        robot.clickOn(query);
    }

    /// Sorts a table by a column, up or down, as a click on its header does. JavaFX's headless platform loses that
    /// click, even on a bare table; on X11 it arrives.
    protected final void sortBy(String table, String column, TableColumn.SortType way) {
        robot.interact(() -> sort(table(table), column, way));
    }

    private static <T> void sort(TableView<T> table, String column, TableColumn.SortType way) {
        for (TableColumn<T, ?> each : table.getColumns()) {
            if (column.equals(each.getId())) {
                each.setSortType(way);
                table.getSortOrder().setAll(java.util.List.of(each));
            }
        }
    }

    /// Clicks the button that says yes, and waits until the question is gone.
    protected final void sayYes() {
        click("#sheet-ok");
        until(() -> !shows("#sheet-ok"));
    }

    protected final void fillIn(String field, String text) {
        click(field);
        robot.type(KeyCode.END)
                .eraseText(robot.lookup(field)
                        .queryAs(javafx.scene.control.TextInputControl.class)
                        .getLength());
        robot.write(text);
    }

    /// Waits for the row and selects it.
    protected final <T> void select(String table, Class<T> type, Predicate<T> wanted) {
        until(() -> indexOf(table, type, wanted) >= 0);
        robot.interact(() -> table(table).getSelectionModel().select(indexOf(table, type, wanted)));
    }

    // ------------------------------------------------------------------------------------------ what a person sees

    protected static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            return condition.call();
        });
    }

    protected final boolean shows(String query) {
        return robot.lookup(query).queryAll().stream().anyMatch(ConsoleFlow::isSeen);
    }

    protected static boolean isSeen(javafx.scene.Node node) {
        for (javafx.scene.Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    protected final String text(String query) {
        return robot.lookup(query).queryAs(Labeled.class).getText();
    }

    protected final String typed(String query) {
        return robot.lookup(query)
                .queryAs(javafx.scene.control.TextInputControl.class)
                .getText();
    }

    protected final boolean isOffered(String query) {
        return !robot.lookup(query).query().isDisabled();
    }

    /// Waits for a notice in the corner that says so.
    protected final void awaitNotice(String part) {
        until(() -> robot.lookup("#notices .notification").queryAllAs(Notification.class).stream()
                .anyMatch(each -> each.getMessage().contains(part)));
    }

    /// The cells of a column that are on the screen, as a person reads them, from the top.
    protected final java.util.List<String> column(String id) {
        return cells(id).stream().map(Labeled::getText).toList();
    }

    /// What hovering over the topmost cell of a column tells.
    protected final String hover(String id) {
        return cells(id).getFirst().getTooltip().getText();
    }

    private java.util.List<TableCell<?, ?>> cells(String id) {
        return robot.lookup(".table-cell").queryAllAs(TableCell.class).stream()
                .<TableCell<?, ?>>map(cell -> cell)
                .filter(cell -> !cell.isEmpty() && isSeen(cell))
                .filter(cell -> id.equals(cell.getTableColumn().getId()))
                .sorted(java.util.Comparator.comparingInt(TableCell::getIndex))
                .toList();
    }

    protected final int rows(String table) {
        return table(table).getItems().size();
    }

    protected final <T> boolean has(String table, Class<T> type, Predicate<T> wanted) {
        return indexOf(table, type, wanted) >= 0;
    }

    private <T> int indexOf(String table, Class<T> type, Predicate<T> wanted) {
        var items = table(table).getItems();
        for (int i = 0; i < items.size(); i++) {
            if (wanted.test(type.cast(items.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    protected final TableView<?> table(String table) {
        return robot.lookup(table).queryAs(TableView.class);
    }

    // ------------------------------------------------------------------------------------------ pictures

    protected final void picture(String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> write(window.getScene().snapshot(null), name));
    }

    /// Lays everything out in another size than the window's, which may be larger than the headless screen.
    protected final void layOut(int width, int height) {
        robot.interact(() -> {
            Parent root = window.getScene().getRoot();
            root.resize(width, height);
            root.applyCss();
            root.layout();
        });
    }

    /// Takes a picture in the size that was laid out.
    protected final void pictureOfAll(String name) {
        robot.interact(() -> {
            Parent root = window.getScene().getRoot();
            root.layout();
            write(root.snapshot(null, null), name);
        });
    }

    private static void write(WritableImage image, String name) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        try {
            Files.createDirectories(PICTURES);
            ImageIO.write(copy, "png", PICTURES.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
