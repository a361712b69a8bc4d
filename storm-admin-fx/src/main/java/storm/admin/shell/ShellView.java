package storm.admin.shell;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.audit.AuditView;
import storm.admin.audit.AuditViewModel;
import storm.admin.channels.ChannelsView;
import storm.admin.channels.ChannelsViewModel;
import storm.admin.deadletters.DeadLetterCount;
import storm.admin.deadletters.DeadLettersView;
import storm.admin.deadletters.DeadLettersViewModel;
import storm.admin.overview.OverviewView;
import storm.admin.overview.OverviewViewModel;
import storm.admin.people.PeopleView;
import storm.admin.people.PeopleViewModel;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.Sheet;
import storm.admin.ui.Work;
import storm.protocol.users.Permission;

/// The signed-in window: navigation on the left, a page on the right, sheets and notices above both.
final class ShellView extends StackPane {
    private static final Duration BADGE = Duration.ofSeconds(10);
    private static final double NAVIGATION_WIDTH = 220;

    private record Entry(ToggleButton button, Page page) {}

    private final Console console;
    private final BorderPane frame = new BorderPane();
    private final List<Entry> entries = new ArrayList<>();
    private final ToggleGroup group = new ToggleGroup();
    private final VBox navigation = new VBox(4);
    private final Label badge = new Label();
    private final Work.Repeated counting;
    private Optional<Page> current = Optional.empty();

    ShellView(Console console, Notices notices, Runnable toggleTheme, Runnable signOut) {
        this.console = console;
        setId("shell");
        ModalPane modal = new ModalPane();
        Sheet sheet = new Sheet(modal, console.texts());
        Label brand = new Label("Storm", Icons.of(Feather.ZAP));
        brand.getStyleClass().addAll(Styles.TITLE_3, "brand");
        brand.setPadding(new Insets(4, 10, 16, 10));
        navigation.getChildren().add(brand);
        navigation.getStyleClass().add("navigation");
        navigation.setPadding(new Insets(20, 12, 16, 12));
        navigation.setPrefWidth(NAVIGATION_WIDTH);
        navigation.setMinWidth(NAVIGATION_WIDTH);

        add("overview", Feather.ACTIVITY, new OverviewView(new OverviewViewModel(console), console));
        add("channels", Feather.HASH, new ChannelsView(new ChannelsViewModel(console), console, sheet));
        add("people", Feather.USERS, new PeopleView(new PeopleViewModel(console), console, sheet));
        add("deadletters", Feather.INBOX, new DeadLettersView(new DeadLettersViewModel(console), console, sheet));
        if (console.me().role().may(Permission.AUDIT_READ)) {
            add("audit", Feather.FILE_TEXT, new AuditView(new AuditViewModel(console), console));
        }
        navigation.getChildren().addAll(gap(), account(toggleTheme, signOut));
        frame.setLeft(navigation);
        getChildren().addAll(frame, notices, modal);
        addEventFilter(KeyEvent.KEY_PRESSED, this::shortcut);
        go(entries.getFirst());
        DeadLetterCount count = new DeadLetterCount(console);
        count.dead().addListener((_, _, now) -> showCount(now.longValue()));
        count.refresh();
        counting = console.work().every(BADGE, count::refresh);
    }

    /// Ends what repeats itself.
    void close() {
        counting.close();
        current.ifPresent(Page::hidden);
    }

    private void add(String name, Feather icon, Page page) {
        int number = entries.size() + 1;
        ToggleButton button = new ToggleButton(console.texts().get(name + ".title"), Icons.of(icon));
        button.setId("nav-" + name);
        button.setToggleGroup(group);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setTooltip(new Tooltip(console.texts().get("nav.shortcut", number)));
        button.getStyleClass().add("nav-item");
        Entry entry = new Entry(button, page);
        button.setOnAction(_ -> go(entry));
        entries.add(entry);
        if (page instanceof DeadLettersView) {
            badge.setId("nav-badge");
            badge.getStyleClass().add("badge");
            badge.setMouseTransparent(true);
            badge.setVisible(false);
            StackPane stack = new StackPane(button, badge);
            StackPane.setAlignment(badge, Pos.CENTER_RIGHT);
            StackPane.setMargin(badge, new Insets(0, 10, 0, 0));
            navigation.getChildren().add(stack);
        } else {
            navigation.getChildren().add(button);
        }
    }

    private void go(Entry entry) {
        entry.button().setSelected(true);
        if (current.filter(entry.page()::equals).isPresent()) {
            return;
        }
        current.ifPresent(Page::hidden);
        current = Optional.of(entry.page());
        frame.setCenter(entry.page());
        entry.page().shown();
    }

    private void shortcut(KeyEvent event) {
        for (int i = 0; i < entries.size(); i++) {
            KeyCode digit = KeyCode.valueOf("DIGIT" + (i + 1));
            if (new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN).match(event)) {
                go(entries.get(i));
                event.consume();
            }
        }
        if (event.getCode() == KeyCode.F5) {
            current.ifPresent(page -> {
                page.hidden();
                page.shown();
            });
            event.consume();
        }
    }

    private void showCount(long dead) {
        badge.setText(dead > 999 ? "999+" : String.valueOf(dead));
        badge.setVisible(dead > 0);
        badge.setAccessibleText(console.texts().get("nav.dead", dead));
    }

    private HBox account(Runnable toggleTheme, Runnable signOut) {
        Label name = new Label(console.me().username());
        name.getStyleClass().add(Styles.TEXT_BOLD);
        Label role = new Label(console.texts().get("role." + console.me().role().wire()));
        role.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
        VBox who = new VBox(2, name, role);
        HBox.setHgrow(who, Priority.ALWAYS);
        HBox account = new HBox(
                4,
                who,
                Icons.iconButton("toggle-theme", Feather.MOON, console.texts().get("nav.theme"), toggleTheme),
                Icons.iconButton("sign-out", Feather.LOG_OUT, console.texts().get("nav.signOut"), signOut));
        account.setAlignment(Pos.CENTER_LEFT);
        account.setPadding(new Insets(8, 0, 0, 10));
        return account;
    }

    private static Region gap() {
        Region gap = new Region();
        VBox.setVgrow(gap, Priority.ALWAYS);
        return gap;
    }
}
