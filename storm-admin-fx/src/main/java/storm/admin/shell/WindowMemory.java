package storm.admin.shell;

import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import storm.admin.ui.Remembered;

/// The window's size, place and whether it fills the screen, from one start to the next.
final class WindowMemory {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final String MAXIMIZED = "window.maximized";

    private WindowMemory() {}

    static void keep(Stage stage, Remembered remembered) {
        stage.setMinWidth(1100);
        stage.setMinHeight(680);
        stage.setWidth(number(remembered, "window.width").orElse(WIDTH));
        stage.setHeight(number(remembered, "window.height").orElse(HEIGHT));
        Optional<Double> x = number(remembered, "window.x");
        Optional<Double> y = number(remembered, "window.y");
        // The screen it was on may be gone.
        if (x.isPresent() && y.isPresent() && isOnScreen(x.get(), y.get())) {
            stage.setX(x.get());
            stage.setY(y.get());
        }
        stage.setMaximized(remembered.get(MAXIMIZED).filter("yes"::equals).isPresent());
        stage.maximizedProperty().addListener((_, _, now) -> remembered.put(MAXIMIZED, now ? "yes" : "no"));
        stage.widthProperty().addListener((_, _, now) -> put(stage, remembered, "window.width", now));
        stage.heightProperty().addListener((_, _, now) -> put(stage, remembered, "window.height", now));
        stage.xProperty().addListener((_, _, now) -> put(stage, remembered, "window.x", now));
        stage.yProperty().addListener((_, _, now) -> put(stage, remembered, "window.y", now));
    }

    private static void put(Stage stage, Remembered remembered, String key, Number value) {
        if (!stage.isMaximized() && !stage.isIconified()) {
            remembered.put(key, "" + value.intValue());
        }
    }

    private static boolean isOnScreen(double x, double y) {
        return !Screen.getScreensForRectangle(new Rectangle2D(x + 40, y + 10, 100, 40))
                .isEmpty();
    }

    private static Optional<Double> number(Remembered remembered, String key) {
        return remembered.get(key).filter(it -> it.matches("-?[0-9]{1,5}")).map(Double::parseDouble);
    }
}
