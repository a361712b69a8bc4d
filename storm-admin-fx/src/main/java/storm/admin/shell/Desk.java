package storm.admin.shell;

import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import storm.admin.signin.SignInView;
import storm.admin.signin.SignInViewModel;
import storm.admin.ui.Console;
import storm.admin.ui.Names;
import storm.admin.ui.Remembered;
import storm.admin.ui.Texts;
import storm.admin.ui.Times;
import storm.admin.ui.Work;
import storm.client.StormClient;
import storm.protocol.users.User;

/// The window and what is in it: sign-in, then the console, then sign-in again when the session ends.
public final class Desk {
    private final Stage stage;
    private final Work work;
    private final Texts texts;
    private final Remembered remembered;
    private final ZoneId zone;
    private final Appearance appearance;
    private final StackPane root = new StackPane();
    private Optional<StormClient> client = Optional.empty();
    private Optional<ShellView> shell = Optional.empty();

    public Desk(Stage stage, Work work, Texts texts, Remembered remembered, ZoneId zone) {
        this.stage = stage;
        this.work = work;
        this.texts = texts;
        this.remembered = remembered;
        this.zone = zone;
        this.appearance = new Appearance(remembered);
    }

    public void open() {
        Scene scene = new Scene(root);
        appearance.keep(scene.getPreferences());
        URL style = Objects.requireNonNull(Desk.class.getResource("/storm/admin/console.css"), "it is in this jar");
        scene.getStylesheets().add(style.toExternalForm());
        stage.setTitle("Storm");
        stage.setScene(scene);
        WindowMemory.keep(stage, remembered);
        stage.setOnHidden(_ -> leave());
        showSignIn("");
        stage.show();
    }

    private void showSignIn(String message) {
        SignInViewModel model = new SignInViewModel(work, texts, remembered, this::signedIn);
        model.message().set(message);
        put(new SignInView(model, texts));
    }

    private void signedIn(StormClient given, User me) {
        client = Optional.of(given);
        given.whenSessionEnds(_ -> work.later(Duration.ZERO, () -> sessionEnded(given)));
        Notices notices = new Notices(work);
        Clock clock = Clock.system(zone);
        Console console = new Console(
                given,
                me,
                work,
                texts,
                new Times(texts, clock),
                clock,
                new Names(work, texts, given),
                remembered,
                notices::say,
                notices::complain);
        ShellView view = new ShellView(console, notices, appearance::toggle, this::signOut, this::barred);
        shell = Optional.of(view);
        put(view);
    }

    /// The server ended the session of a client, which may not be the one in use any more.
    private void sessionEnded(StormClient ended) {
        if (client.filter(it -> it == ended).isPresent()) {
            leave();
            showSignIn(texts.get("signin.ended"));
        }
    }

    /// Their role is not what it was: who is no staff any more has no business here.
    private void barred() {
        client.ifPresent(it -> work.run(
                () -> {
                    it.auth().logout();
                    return it;
                },
                _ -> left(texts.get("signin.staffNoMore")),
                _ -> left(texts.get("signin.staffNoMore"))));
    }

    private void signOut() {
        client.ifPresent(it -> work.run(
                () -> {
                    it.auth().logout();
                    return it;
                },
                _ -> left(""),
                e -> left(texts.get("signin.notRevoked", texts.failure(e)))));
    }

    private void left(String message) {
        leave();
        showSignIn(message);
    }

    private void leave() {
        shell.ifPresent(ShellView::close);
        shell = Optional.empty();
        client.ifPresent(StormClient::close);
        client = Optional.empty();
    }

    private void put(Parent view) {
        root.getChildren().setAll(view);
    }
}
