package storm.admin.ui;

import java.util.List;
import java.util.function.UnaryOperator;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;

/// Boxes to choose one of a few words from, or none of them.
public final class Choices {
    private Choices() {}

    /// @param words what can be chosen; the empty word, for any, comes before them
    /// @param shown how a word is shown
    /// @param any how the empty word is shown
    public static ComboBox<String> of(
            String id, String name, List<String> words, UnaryOperator<String> shown, String any) {
        ComboBox<String> box = new ComboBox<>();
        box.setId(id);
        box.setAccessibleText(name);
        box.getItems().add("");
        box.getItems().addAll(words);
        box.setVisibleRowCount(16);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(String word) {
                return word == null || word.isEmpty() ? any : shown.apply(word);
            }

            @Override
            public String fromString(String text) {
                return "";
            }
        });
        return box;
    }
}
