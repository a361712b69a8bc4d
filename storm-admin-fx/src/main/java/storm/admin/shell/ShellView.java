package storm.admin.shell;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
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
import storm.admin.deadletters.DeadLettersView;
import storm.admin.deadletters.DeadLettersViewModel;
import storm.admin.overview.OverviewView;
import storm.admin.overview.OverviewViewModel;
import storm.admin.people.PeopleView;
import storm.admin.people.PeopleViewModel;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.SearchField;
import storm.admin.ui.Sheet;
import storm.admin.ui.Texts;
import storm.admin.ui.Work;
import storm.protocol.queue.QueueStats;
import storm.protocol.users.Permission;

/// The signed-in window: navigation on the left, a page on the right, sheets and notices above both.
final class ShellView extends StackPane {
    private static final double NAVIGATION_WIDTH = 220;
    private static final int MOST_SHOWN = 999;

    private record Entry(ToggleButton button, Page page) {}

    private final Console console;
    private final Texts texts;
    private final BorderPane content = new BorderPane();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Page.Shortcut> shortcuts = new ArrayList<>();
    private final VBox navigation = new VBox(4);
    private final Label badge = new Label();
    private final Sheet sheet;
    private final Work.Repeated asking;
    private Optional<Page> current = Optional.empty();

    ShellView(Console console, Notices notices, Runnable toggleTheme, Runnable signOut, Runnable barred) {
        this.console = console;
        this.texts = console.texts();
        setId("shell");
        ModalPane modal = new ModalPane();
        sheet = new Sheet(modal, texts);
        Label brand = new Label("Storm", Icons.of(Feather.ZAP));
        brand.getStyleClass().addAll(Styles.TITLE_3, "brand");
        brand.setPadding(new Insets(4, 10, 16, 10));
        navigation.getChildren().add(brand);
        navigation.getStyleClass().add("navigation");
        navigation.setPadding(new Insets(20, 12, 16, 12));
        navigation.setPrefWidth(NAVIGATION_WIDTH);
        navigation.setMinWidth(NAVIGATION_WIDTH);

        OverviewViewModel overview = new OverviewViewModel(console);
        DeadLettersView deadLetters = new DeadLettersView(new DeadLettersViewModel(console), console, sheet);
        add("overview", Feather.ACTIVITY, new OverviewView(overview, console));
        add("channels", Feather.HASH, new ChannelsView(new ChannelsViewModel(console), console, sheet));
        add("people", Feather.USERS, new PeopleView(new PeopleViewModel(console), console, sheet));
        add("deadletters", Feather.INBOX, deadLetters);
        if (console.me().role().may(Permission.AUDIT_READ)) {
            add("audit", Feather.FILE_TEXT, new AuditView(new AuditViewModel(console), console));
        }
        on("F5", "keys.refresh", () -> current.ifPresent(Page::shown));
        on("Shortcut+F", "keys.search", this::search);
        on("F1", "keys.show", this::showShortcuts);
        on("Shortcut+Shift+L", "nav.theme", toggleTheme);
        on("Shortcut+Shift+Q", "nav.signOut", signOut);
        navigation.getChildren().addAll(gap(), account(toggleTheme, signOut));

        content.setTop(banner(overview));
        getChildren().addAll(new BorderPane(content, null, null, null, navigation), notices, modal);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        go(entries.getFirst());
        overview.stats().addListener((_, before, now) -> {
            long dead = now.map(QueueStats::dead).orElse(0L);
            showCount(dead);
            if (dead != before.map(QueueStats::dead).orElse(0L)) {
                deadLetters.changedOnTheServer();
            }
        });
        overview.outage().addListener((_, before, now) -> {
            if (!before.isEmpty() && now.isEmpty()) {
                current.ifPresent(Page::shown);
            }
        });
        overview.barred().addListener((_, _, now) -> {
            if (now) {
                barred.run();
            }
        });
        asking = console.work().every(OverviewViewModel.INTERVAL, overview::refresh);
    }

    /// Ends what repeats itself.
    void close() {
        asking.close();
        current.ifPresent(Page::hidden);
    }

    private void add(String name, Feather icon, Page page) {
        ToggleButton button = new ToggleButton(texts.get(name + ".title"), Icons.of(icon));
        button.setId("nav-" + name);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.getStyleClass().add("nav-item");
        Entry entry = new Entry(button, page);
        button.setOnAction(_ -> go(entry));
        entries.add(entry);
        on("Shortcut+" + entries.size(), name + ".title", () -> go(entry));
        button.setTooltip(new Tooltip(shortcuts.getLast().keys().getDisplayText()));
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

    private void on(String keys, String textKey, Runnable action) {
        shortcuts.add(new Page.Shortcut(KeyCombination.valueOf(keys), texts.get(textKey), action));
    }

    private void go(Entry entry) {
        // No toggle group: in one, Tab would stop at the selected page alone.
        entries.forEach(each -> each.button().setSelected(each.equals(entry)));
        if (current.filter(entry.page()::equals).isPresent()) {
            return;
        }
        current.ifPresent(Page::hidden);
        current = Optional.of(entry.page());
        content.setCenter(entry.page());
        entry.page().shown();
    }

    private void pressed(KeyEvent event) {
        // A sheet has its own keys.
        if (sheet.isOpen()) {
            return;
        }
        List<Page.Shortcut> all = new ArrayList<>(shortcuts);
        current.ifPresent(page -> all.addAll(page.shortcuts()));
        for (Page.Shortcut shortcut : all) {
            if (shortcut.keys().match(event)) {
                event.consume();
                shortcut.action().run();
                return;
            }
        }
    }

    private void search() {
        current.flatMap(page -> page.lookupAll(".search-field").stream()
                        .filter(SearchField.class::isInstance)
                        .findFirst())
                .ifPresent(Node::requestFocus);
    }

    private void showShortcuts() {
        List<Page.Shortcut> all = new ArrayList<>(shortcuts);
        current.ifPresent(page -> all.addAll(page.shortcuts()));
        all.add(new Page.Shortcut(KeyCombination.valueOf("Delete"), texts.get("keys.delete"), () -> {}));
        sheet.tell(texts.get("keys.title"), new Shortcuts(all), texts.get("sheet.close"));
    }

    private static Label banner(OverviewViewModel overview) {
        Label outage = new Label("", Icons.of(Feather.ALERT_TRIANGLE));
        outage.setId("outage");
        outage.getStyleClass().add("banner");
        outage.setMaxWidth(Double.MAX_VALUE);
        outage.setWrapText(true);
        outage.setMinHeight(Region.USE_PREF_SIZE);
        outage.textProperty().bind(overview.outage());
        outage.visibleProperty().bind(overview.outage().isNotEmpty());
        outage.managedProperty().bind(outage.visibleProperty());
        return outage;
    }

    private void showCount(long dead) {
        badge.setText(dead > MOST_SHOWN ? MOST_SHOWN + "+" : String.valueOf(dead));
        badge.setVisible(dead > 0);
        badge.setAccessibleText(texts.get("nav.dead", dead));
    }

    private VBox account(Runnable toggleTheme, Runnable signOut) {
        Label name = new Label(console.me().username());
        name.getStyleClass().add(Styles.TEXT_BOLD);
        Label role = new Label(texts.get("role." + console.me().role().wire()));
        role.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
        VBox who = new VBox(2, name, role);
        who.setPadding(new Insets(0, 0, 0, 8));
        name.setTooltip(new Tooltip(console.me().username()));
        HBox buttons = new HBox(
                2,
                Icons.iconButton(
                        "show-keys", Feather.HELP_CIRCLE, texts.get("keys.title") + " (F1)", this::showShortcuts),
                Icons.iconButton("toggle-theme", Feather.MOON, texts.get("nav.theme"), toggleTheme),
                Icons.iconButton("sign-out", Feather.LOG_OUT, texts.get("nav.signOut"), signOut));
        VBox account = new VBox(6, who, buttons);
        account.setPadding(new Insets(8, 0, 0, 4));
        return account;
    }

    private static Region gap() {
        Region gap = new Region();
        VBox.setVgrow(gap, Priority.ALWAYS);
        return gap;
    }
}
