package storm.admin.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import storm.admin.ui.Remembered;

/// Light or dark: as the system has it, until the person chooses the other; back at what the system has, it follows
/// again.
final class Appearance {
    private static final String THEME = "theme";
    private static final String AS_SYSTEM = "";

    private final Remembered remembered;
    private ObservableValue<ColorScheme> system = Platform.getPreferences().colorSchemeProperty();

    Appearance(Remembered remembered) {
        this.remembered = remembered;
    }

    /// Applies it now and whenever the system changes, as the window's preferences tell.
    void keep(Scene.Preferences preferences) {
        system = preferences.colorSchemeProperty();
        system.addListener((_, _, _) -> apply());
        apply();
    }

    boolean isDark() {
        return remembered
                .get(THEME)
                .filter(chosen -> !chosen.equals(AS_SYSTEM))
                .map("dark"::equals)
                .orElseGet(() -> system.getValue() == ColorScheme.DARK);
    }

    void toggle() {
        ColorScheme wanted = isDark() ? ColorScheme.LIGHT : ColorScheme.DARK;
        remembered.put(
                THEME, wanted == system.getValue() ? AS_SYSTEM : wanted.name().toLowerCase(Locale.ROOT));
        apply();
    }

    private void apply() {
        Application.setUserAgentStylesheet(
                isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }
}
