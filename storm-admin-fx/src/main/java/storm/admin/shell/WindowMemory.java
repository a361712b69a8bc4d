package storm.admin.shell;

import java.util.Optional;
import javafx.stage.Stage;
import storm.admin.ui.Remembered;

/// The window's size from one start to the next.
final class WindowMemory {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    private WindowMemory() {}

    static void keep(Stage stage, Remembered remembered) {
        stage.setMinWidth(1000);
        stage.setMinHeight(640);
        stage.setWidth(number(remembered.get("window.width")).orElse(WIDTH));
        stage.setHeight(number(remembered.get("window.height")).orElse(HEIGHT));
        stage.widthProperty().addListener((_, _, now) -> remembered.put("window.width", "" + now.intValue()));
        stage.heightProperty().addListener((_, _, now) -> remembered.put("window.height", "" + now.intValue()));
    }

    private static Optional<Double> number(Optional<String> text) {
        return text.filter(it -> it.matches("[0-9]{3,4}")).map(Double::parseDouble);
    }
}
