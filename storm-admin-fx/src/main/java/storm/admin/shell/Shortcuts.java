package storm.admin.shell;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import storm.admin.ui.Page;

/// The keys that do something here, as a table.
final class Shortcuts extends GridPane {
    Shortcuts(List<Page.Shortcut> shortcuts) {
        super(24, 8);
        setId("shortcuts");
        for (int i = 0; i < shortcuts.size(); i++) {
            Label keys = new Label(shortcuts.get(i).keys().getDisplayText());
            keys.getStyleClass().addAll("key", Styles.TEXT_SMALL);
            keys.setMinWidth(USE_PREF_SIZE);
            Label what = new Label(shortcuts.get(i).text());
            what.setWrapText(true);
            add(keys, 0, i);
            add(what, 1, i);
        }
    }
}
