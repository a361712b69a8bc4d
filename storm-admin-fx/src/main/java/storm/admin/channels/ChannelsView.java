package storm.admin.channels;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.RowTable;
import storm.admin.ui.SearchField;
import storm.admin.ui.Sheet;
import storm.admin.ui.Texts;
import storm.protocol.channels.Channel;

/// The channels page: the list, and beside it the selected one.
public final class ChannelsView extends Page {
    private static final double LIST_SHARE = 0.54;

    private final ChannelsViewModel model;
    private final Texts texts;
    private final Sheet sheet;

    public ChannelsView(ChannelsViewModel model, Console console, Sheet sheet) {
        super("channels", console.texts().get("channels.title"), console.texts().get("channels.subtitle"));
        this.model = model;
        this.texts = console.texts();
        this.sheet = sheet;
        ToggleButton archived = new ToggleButton(texts.get("channels.showArchived"), Icons.of(Feather.ARCHIVE));
        archived.setId("channels-filter-archived");
        archived.selectedProperty().bindBidirectional(model.archivedToo());
        Button create = Icons.button("channels-create", Feather.PLUS, texts.get("channels.create"), this::askCreate);
        create.getStyleClass().add(Styles.ACCENT);
        shortcut("Shortcut+N", create);
        actions(create);
        filters(
                new SearchField(
                        "channels-search",
                        texts.get("channels.search"),
                        model.search(),
                        model::refresh,
                        console.work()),
                archived,
                Icons.iconButton("channels-refresh", Feather.REFRESH_CW, texts.get("table.refresh"), model::refresh));

        RowTable<Channel> table =
                new RowTable<>(console, "channels", model.rows(), Channel::id, texts.get("channels.empty"));
        table.text("channels.name", 140, Channel::name);
        table.number("channels.members", 95, it -> (long) it.members().size());
        table.number("channels.events", 80, Channel::lastSeq);
        table.word("channels.state", 85, it -> texts.get(it.isArchived() ? "channels.archived" : "channels.open"));
        table.time("channels.createdAt", Channel::createdAt);
        table.view().getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (now != null) {
                model.selected().set(Optional.of(now));
            }
        });
        ChannelDetails details = new ChannelDetails(model, console, sheet, this::askEdit, this::askDelete);
        details.keys(this::shortcut);
        SplitPane split = new SplitPane(table, details);
        split.setOrientation(Orientation.HORIZONTAL);
        split.setDividerPositions(LIST_SHARE);
        setCenter(split);
    }

    @Override
    public void shown() {
        model.refresh();
    }

    private void askCreate() {
        form(texts.get("channels.create"), "", "", texts.get("channels.create"), model::create);
    }

    private void askEdit() {
        model.selected()
                .get()
                .ifPresent(it -> form(
                        texts.get("channels.edit"),
                        it.name(),
                        it.description(),
                        texts.get("channels.save"),
                        model::edit));
    }

    private void askDelete() {
        model.selected()
                .get()
                .ifPresent(it -> sheet.confirmTyped(
                        texts.get("channels.delete"),
                        texts.get("channels.askDelete", it.name()),
                        it.name(),
                        texts.get("channels.delete"),
                        model::delete));
    }

    private interface Submitted {
        void with(String name, String description);
    }

    private void form(String title, String name, String description, String yes, Submitted submitted) {
        TextField nameField = new TextField(name);
        nameField.setId("channel-name");
        TextArea descriptionField = new TextArea(description);
        descriptionField.setId("channel-description");
        descriptionField.setPrefRowCount(3);
        descriptionField.setWrapText(true);
        Label nameLabel = new Label(texts.get("channels.nameField"));
        nameLabel.setLabelFor(nameField);
        Label descriptionLabel = new Label(texts.get("channels.descriptionField"));
        descriptionLabel.setLabelFor(descriptionField);
        BooleanBinding valid = Bindings.createBooleanBinding(
                () -> nameField.getText().strip().length() >= 2
                        && nameField.getText().strip().length() <= 64
                        && descriptionField.getText().length() <= 500,
                nameField.textProperty(),
                descriptionField.textProperty());
        VBox body = new VBox(6, nameLabel, nameField, descriptionLabel, descriptionField);
        sheet.show(title, body, yes, false, valid, () -> {
            submitted.with(nameField.getText(), descriptionField.getText());
            return true;
        });
        nameField.requestFocus();
    }
}
