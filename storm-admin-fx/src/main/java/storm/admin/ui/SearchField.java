package storm.admin.ui;

import atlantafx.base.controls.CustomTextField;
import java.time.Duration;
import javafx.beans.property.StringProperty;
import org.kordamp.ikonli.feather.Feather;

/// A field that searches a moment after the last key.
public final class SearchField extends CustomTextField {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private long typed;

    public SearchField(String id, String prompt, StringProperty text, Runnable search, Work work) {
        setId(id);
        getStyleClass().add("search-field");
        setPromptText(prompt);
        setAccessibleText(prompt);
        setLeft(Icons.of(Feather.SEARCH));
        setPrefWidth(240);
        textProperty().bindBidirectional(text);
        setOnAction(_ -> search.run());
        textProperty().addListener((_, _, _) -> {
            long mine = ++typed;
            work.later(PAUSE, () -> {
                if (mine == typed) {
                    search.run();
                }
            });
        });
    }
}
