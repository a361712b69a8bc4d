package storm.admin.shell;

import atlantafx.base.controls.Notification;
import atlantafx.base.theme.Styles;
import java.time.Duration;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Icons;
import storm.admin.ui.Work;

/// Notices at the bottom: what was done fades by itself, what went wrong stays a while longer.
final class Notices extends VBox {
    private static final Duration GOOD = Duration.ofSeconds(4);
    private static final Duration BAD = Duration.ofSeconds(12);
    private static final int MOST = 4;

    private final Work work;

    Notices(Work work) {
        super(10);
        this.work = work;
        setId("notices");
        setPickOnBounds(false);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setPadding(new Insets(20));
        // Where no button is that somebody may want next.
        StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
    }

    void say(String text) {
        show(text, Feather.CHECK_CIRCLE, Styles.SUCCESS, GOOD);
    }

    void complain(String text) {
        show(text, Feather.ALERT_CIRCLE, Styles.DANGER, BAD);
    }

    private void show(String text, Feather icon, String style, Duration time) {
        Notification notice = new Notification(text, Icons.of(icon));
        notice.getStyleClass().addAll(style, Styles.ELEVATED_1);
        notice.setPrefWidth(360);
        notice.setMinHeight(Region.USE_PREF_SIZE);
        notice.setOnClose(_ -> getChildren().remove(notice));
        getChildren().add(notice);
        if (getChildren().size() > MOST) {
            getChildren().removeFirst();
        }
        work.later(time, () -> getChildren().remove(notice));
    }
}
