package storm.admin;

import javafx.application.Application;
import storm.admin.shell.ConsoleApplication;

/// The console's entry point. It is no JavaFX application itself, because the Java launcher refuses those on the class
/// path.
public final class App {
    private App() {}

    public static void main(String[] arguments) {
        Application.launch(ConsoleApplication.class, arguments);
    }
}
