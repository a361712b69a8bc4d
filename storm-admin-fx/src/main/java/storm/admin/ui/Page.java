package storm.admin.ui;

import atlantafx.base.theme.Styles;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// The frame of a page: a title, a bar of controls, and the rest.
public class Page extends BorderPane {
    private final FlowPane bar = new FlowPane(10, 10);

    protected Page(String id, String title, String subtitle) {
        setId(id);
        Label heading = new Label(title);
        heading.getStyleClass().add(Styles.TITLE_2);
        Label below = new Label(subtitle);
        below.getStyleClass().add(Styles.TEXT_MUTED);
        below.setWrapText(true);
        bar.setAlignment(Pos.CENTER_LEFT);
        VBox top = new VBox(6, heading, below, bar);
        VBox.setMargin(bar, new Insets(10, 0, 14, 0));
        setTop(top);
        setPadding(new Insets(24));
    }

    protected final void controls(Node... nodes) {
        bar.getChildren().addAll(nodes);
    }

    /// The page is seen; it may refresh itself while it is.
    public void shown() {}

    /// The page is not seen any more.
    public void hidden() {}
}
