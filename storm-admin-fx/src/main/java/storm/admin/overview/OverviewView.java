package storm.admin.overview;

import atlantafx.base.theme.Styles;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javafx.geometry.Insets;
import javafx.scene.chart.AreaChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import storm.admin.ui.Console;
import storm.admin.ui.Icons;
import storm.admin.ui.Page;
import storm.admin.ui.Texts;
import storm.protocol.health.Health;
import storm.protocol.queue.QueueStats;

/// The overview page: health, numbers and charts.
public final class OverviewView extends Page {
    private static final int COLUMNS = 4;
    private static final int STEPS = 4;

    private final OverviewViewModel model;
    private final Console console;
    private final Texts texts;

    public OverviewView(OverviewViewModel model, Console console) {
        super("overview", console.texts().get("overview.title"), console.texts().get("overview.subtitle"));
        this.model = model;
        this.console = console;
        this.texts = console.texts();
        GridPane parts = grid(
                part("mongo", Feather.DATABASE, Health::mongo),
                part("redis", Feather.LAYERS, Health::redis),
                part("worker", Feather.CPU, Health::worker),
                part("delivery", Feather.SEND, Health::delivery));
        GridPane numbers = grid(
                number("waiting", QueueStats::waiting),
                number("active", QueueStats::active),
                number("delayed", QueueStats::delayed),
                number("dead", QueueStats::dead),
                tile("oldest", stats -> console.times().span(Duration.ofMillis(stats.oldestWaitingMs()))),
                tile("rate", stats -> texts.decimal(stats.processedPerMinute() / 60.0)),
                number("connections", QueueStats::connections),
                number("workers", QueueStats::liveWorkers));
        HBox charts = new HBox(
                12,
                chart("throughput", QueueStats::processedPerMinute),
                chart("backlog", stats -> stats.waiting() + stats.active() + stats.delayed()),
                chart("connections", QueueStats::connections));
        VBox all = new VBox(
                12,
                heading("overview.health"),
                parts,
                heading("overview.queue"),
                numbers,
                heading("overview.history"),
                charts);
        all.setPadding(new Insets(0, 12, 12, 0));
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        VBox.setVgrow(charts, Priority.ALWAYS);
        scroll.getStyleClass().add("edge-to-edge");
        setCenter(scroll);
    }

    @Override
    public void shown() {
        model.refresh();
    }

    /// Cards in four columns of one width.
    private static GridPane grid(VBox... cards) {
        GridPane grid = new GridPane(12, 12);
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            grid.getColumnConstraints().add(column);
        }
        for (int i = 0; i < cards.length; i++) {
            grid.add(cards[i], i % COLUMNS, i / COLUMNS);
        }
        return grid;
    }

    private Label heading(String key) {
        Label heading = new Label(texts.get(key));
        heading.getStyleClass().add(Styles.TITLE_4);
        return heading;
    }

    private VBox part(String name, Feather icon, Function<Health, String> state) {
        Label title = new Label(texts.get("overview.part." + name), Icons.of(icon));
        Label value = new Label("–");
        value.setId("overview-part-" + name);
        value.getStyleClass().add(Styles.TEXT_BOLD);
        VBox card = card(title, value);
        model.health().addListener((_, _, now) -> {
            boolean up =
                    now.map(state).filter(OverviewViewModel.CONNECTED::equals).isPresent();
            value.setText(now.isEmpty() ? "–" : texts.get(up ? "overview.up" : "overview.down"));
            value.getStyleClass().removeAll(Styles.SUCCESS, Styles.DANGER);
            if (now.isPresent()) {
                value.getStyleClass().add(up ? Styles.SUCCESS : Styles.DANGER);
            }
        });
        return card;
    }

    private VBox number(String name, ToLongFunction<QueueStats> value) {
        return tile(name, stats -> texts.number(value.applyAsLong(stats)));
    }

    private VBox tile(String name, Function<QueueStats, String> value) {
        Label title = new Label(texts.get("overview." + name));
        title.getStyleClass().add(Styles.TEXT_MUTED);
        Label shown = new Label("–");
        shown.setId("overview-" + name);
        shown.getStyleClass().add(Styles.TITLE_2);
        model.stats().addListener((_, _, now) -> shown.setText(now.map(value).orElse("–")));
        return card(title, shown);
    }

    private static VBox card(Label title, Label value) {
        VBox card = new VBox(6, title, value);
        card.getStyleClass().add("card");
        card.setPadding(new Insets(12, 18, 12, 18));
        return card;
    }

    private VBox chart(String name, ToLongFunction<QueueStats> value) {
        NumberAxis minutes = new NumberAxis(-OverviewViewModel.KEPT.toMinutes(), 0, 5);
        minutes.setTickLabelFormatter(new StringConverter<>() {
            @Override
            public String toString(Number number) {
                return number.intValue() == 0
                        ? texts.get("overview.now")
                        : texts.get("overview.minutesAgo", number.intValue());
            }

            @Override
            public Number fromString(String text) {
                return 0;
            }
        });
        minutes.setMinorTickVisible(false);
        NumberAxis amount = new NumberAxis(0, STEPS, 1);
        amount.setMinorTickVisible(false);
        amount.setTickLabelFormatter(new StringConverter<>() {
            @Override
            public String toString(Number number) {
                return texts.number(number.longValue());
            }

            @Override
            public Number fromString(String text) {
                return 0;
            }
        });
        AreaChart<Number, Number> chart = new AreaChart<>(minutes, amount);
        chart.setId("overview-chart-" + name);
        chart.setAnimated(false);
        chart.setCreateSymbols(false);
        chart.setLegendVisible(false);
        chart.setVerticalZeroLineVisible(false);
        chart.setPrefHeight(200);
        chart.setMinHeight(180);
        XYChart.Series<Number, Number> series = new XYChart.Series<>();
        chart.getData().add(series);
        model.samples().addListener((javafx.collections.ListChangeListener<OverviewViewModel.Sample>) _ -> {
            long step = step(model.samples().stream()
                    .mapToLong(each -> value.applyAsLong(each.stats()))
                    .max()
                    .orElse(0));
            amount.setTickUnit(step);
            amount.setUpperBound(step * STEPS);
            series.getData().setAll(points(value));
        });
        Label title = new Label(texts.get("overview.chart." + name));
        title.getStyleClass().add(Styles.TEXT_MUTED);
        VBox card = new VBox(6, title, chart);
        card.getStyleClass().add("card");
        card.setPadding(new Insets(12));
        card.setPrefWidth(300);
        VBox.setVgrow(chart, Priority.ALWAYS);
        HBox.setHgrow(card, Priority.ALWAYS);
        return card;
    }

    /// The least round step, such as 1, 2, 5, 10, whose multiples reach up to the highest value.
    static long step(long highest) {
        for (long unit = 1; ; unit *= 10) {
            for (long step : new long[] {unit, 2 * unit, 5 * unit}) {
                if (step * STEPS >= highest) {
                    return step;
                }
            }
        }
    }

    private List<XYChart.Data<Number, Number>> points(ToLongFunction<QueueStats> value) {
        var now = console.clock().instant();
        return model.samples().stream()
                .map(each -> new XYChart.Data<Number, Number>(
                        -Duration.between(each.at(), now).toMillis() / 60_000.0, value.applyAsLong(each.stats())))
                .toList();
    }
}
