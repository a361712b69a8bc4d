package storm.admin.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import storm.admin.ui.Remembered;

/// Light or dark: as the system has it, until the person chooses the other; back at what the system has, it follows
/// again.
final class Appearance {
    private static final String THEME = "theme";
    private static final String AS_SYSTEM = "";

    private final Remembered remembered;

    Appearance(Remembered remembered) {
        this.remembered = remembered;
    }

    void apply() {
        Application.setUserAgentStylesheet(
                isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }

    /// Applies what the system changes to from now on.
    void followSystem() {
        Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> apply());
    }

    boolean isDark() {
        return remembered
                .get(THEME)
                .filter(chosen -> !chosen.equals(AS_SYSTEM))
                .map("dark"::equals)
                .orElseGet(() -> system() == ColorScheme.DARK);
    }

    void toggle() {
        ColorScheme wanted = isDark() ? ColorScheme.LIGHT : ColorScheme.DARK;
        remembered.put(THEME, wanted == system() ? AS_SYSTEM : wanted.name().toLowerCase(Locale.ROOT));
        apply();
    }

    private static ColorScheme system() {
        return Platform.getPreferences().getColorScheme();
    }
}
