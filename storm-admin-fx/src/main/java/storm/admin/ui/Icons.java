package storm.admin.ui;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons, and buttons that have one.
public final class Icons {
    private Icons() {}

    public static FontIcon of(Feather icon) {
        return new FontIcon(icon);
    }

    public static Button button(String id, Feather icon, String text, Runnable action) {
        Button button = new Button(text, of(icon));
        button.setId(id);
        button.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// A button that shows its icon alone; the text is for the tooltip and for screen readers.
    public static Button iconButton(String id, Feather icon, String text, Runnable action) {
        Button button = new Button("", of(icon));
        button.setId(id);
        button.getStyleClass().addAll(atlantafx.base.theme.Styles.BUTTON_ICON, atlantafx.base.theme.Styles.FLAT);
        button.setAccessibleText(text);
        button.setTooltip(new Tooltip(text));
        button.setOnAction(_ -> action.run());
        return button;
    }
}
