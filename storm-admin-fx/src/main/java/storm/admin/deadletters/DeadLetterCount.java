package storm.admin.deadletters;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import storm.admin.ui.Console;

/// How many dead letters there are, for the badge beside their page.
public final class DeadLetterCount {
    private final Console console;
    private final ReadOnlyLongWrapper dead = new ReadOnlyLongWrapper();

    public DeadLetterCount(Console console) {
        this.console = console;
    }

    public ReadOnlyLongProperty dead() {
        return dead.getReadOnlyProperty();
    }

    public void refresh() {
        console.work().run(() -> console.client().queue().stats(), stats -> dead.set(stats.dead()), _ -> {
            // The overview tells of an outage; a number that is a little old does no harm.
        });
    }
}
