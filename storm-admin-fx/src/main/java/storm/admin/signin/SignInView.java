package storm.admin.signin;

import atlantafx.base.theme.Styles;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Icons;
import storm.admin.ui.Texts;

/// The sign-in form in the middle of the window.
public final class SignInView extends StackPane {
    private static final double WIDTH = 400;

    public SignInView(SignInViewModel model, Texts texts) {
        setId("signin");
        getStyleClass().add("signin");
        Label name = new Label("Storm", Icons.of(Feather.ZAP));
        name.getStyleClass().addAll(Styles.TITLE_1, "brand");
        Label what = new Label(texts.get("signin.subtitle"));
        what.getStyleClass().add(Styles.TEXT_MUTED);

        TextField url = field("signin-url", new TextField());
        url.textProperty().bindBidirectional(model.url());
        TextField email = field("signin-email", new TextField());
        email.textProperty().bindBidirectional(model.email());
        PasswordField password = (PasswordField) field("signin-password", new PasswordField());
        password.textProperty().bindBidirectional(model.password());

        Button submit = new Button(texts.get("signin.submit"));
        submit.setId("signin-submit");
        submit.setDefaultButton(true);
        submit.setMaxWidth(Double.MAX_VALUE);
        submit.getStyleClass().addAll(Styles.ACCENT, Styles.LARGE);
        submit.disableProperty().bind(model.ready().not());
        submit.setOnAction(_ -> model.signIn());
        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(18, 18);
        busy.visibleProperty().bind(model.busy());
        submit.setGraphic(busy);
        submit.setContentDisplay(ContentDisplay.RIGHT);

        VBox card = new VBox(
                6,
                name,
                what,
                spacer(),
                labelled(texts.get("signin.url"), url),
                url,
                labelled(texts.get("signin.email"), email),
                email,
                labelled(texts.get("signin.password"), password),
                password,
                spacer(),
                submit,
                message(model),
                certificate(model, texts));
        card.setPadding(new Insets(32));
        card.setMinWidth(WIDTH);
        card.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        card.getStyleClass().add("card");
        getChildren().add(card);
        setAlignment(card, Pos.CENTER);
        // Focus can be asked for once the form is in a window.
        Platform.runLater(() -> (model.email().get().isEmpty() ? email : password).requestFocus());
    }

    private static Label message(SignInViewModel model) {
        Label message = new Label();
        message.setId("signin-message");
        message.setWrapText(true);
        message.setMinHeight(Region.USE_PREF_SIZE);
        message.getStyleClass().add("complaint");
        message.textProperty().bind(model.message());
        message.managedProperty().bind(model.message().isNotEmpty());
        return message;
    }

    private static VBox certificate(SignInViewModel model, Texts texts) {
        Label before = new Label(texts.get("signin.expected"));
        Label expected = fingerprint("signin-expected");
        expected.textProperty().bind(model.expected().map(SignInView::inLines));
        Label now = new Label(texts.get("signin.now"));
        CheckBox checked = new CheckBox(texts.get("signin.checked"));
        checked.setId("signin-checked");
        checked.setWrapText(true);
        checked.setMinHeight(Region.USE_PREF_SIZE);
        checked.selectedProperty().bindBidirectional(model.checked());
        for (Region each : new Region[] {before, expected, now, checked}) {
            each.visibleProperty().bind(model.expected().isNotEmpty());
            each.managedProperty().bind(each.visibleProperty());
        }
        Label shown = fingerprint("signin-fingerprint");
        shown.textProperty().bind(model.fingerprint().map(SignInView::inLines));
        Button accept = new Button(texts.get("signin.accept"), Icons.of(Feather.SHIELD));
        accept.setId("signin-accept");
        accept.setMaxWidth(Double.MAX_VALUE);
        accept.disableProperty().bind(model.acceptable().not());
        accept.setOnAction(_ -> model.acceptCertificate());
        VBox box = new VBox(8, before, expected, now, shown, checked, accept);
        box.visibleProperty().bind(model.fingerprint().isNotEmpty());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    /// Eight bytes a line, each whole, as eyes compare them best.
    private static String inLines(String fingerprint) {
        return fingerprint.replaceAll("((?:[0-9A-F]{2}:){7}[0-9A-F]{2}):", "$1\n");
    }

    private static Label fingerprint(String id) {
        Label fingerprint = new Label();
        fingerprint.setId(id);
        fingerprint.setMinHeight(Region.USE_PREF_SIZE);
        fingerprint.getStyleClass().add("fingerprint");
        return fingerprint;
    }

    private static Label labelled(String text, TextField field) {
        Label label = new Label(text);
        label.setLabelFor(field);
        field.setAccessibleText(text);
        return label;
    }

    private static TextField field(String id, TextField field) {
        field.setId(id);
        return field;
    }

    private static Region spacer() {
        Region spacer = new Region();
        spacer.setMinHeight(8);
        return spacer;
    }
}
