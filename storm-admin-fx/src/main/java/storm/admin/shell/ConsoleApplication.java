package storm.admin.shell;

import java.time.ZoneId;
import java.util.Locale;
import javafx.application.Application;
import javafx.stage.Stage;
import storm.admin.ui.FxWork;
import storm.admin.ui.Texts;
import storm.admin.ui.UserPreferences;

/// The console as a JavaFX application.
public final class ConsoleApplication extends Application {
    @Override
    public void start(Stage stage) {
        Locale locale = Locale.getDefault(Locale.Category.DISPLAY);
        new Desk(
                        stage,
                        new FxWork(),
                        new Texts(locale),
                        new ProposedServer(new UserPreferences(), System::getenv),
                        ZoneId.systemDefault())
                .open();
    }
}
