package storm.admin.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import storm.admin.ui.Remembered;

/// Light or dark: as the system has it, until the person chooses.
final class Appearance {
    private static final String THEME = "theme";

    private final Remembered remembered;

    Appearance(Remembered remembered) {
        this.remembered = remembered;
    }

    void apply() {
        Application.setUserAgentStylesheet(
                isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }

    boolean isDark() {
        return remembered
                .get(THEME)
                .map("dark"::equals)
                .orElseGet(() -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK);
    }

    void toggle() {
        remembered.put(
                THEME, (isDark() ? ColorScheme.LIGHT : ColorScheme.DARK).name().toLowerCase(Locale.ROOT));
        apply();
    }
}
