package storm.bench;

import java.util.ArrayDeque;
import java.util.List;
import storm.protocol.errors.StormException;

/// The words after a command, taken one by one: an option, then what it needs. For one thread.
public final class Arguments {
    private final ArrayDeque<String> rest;
    private String option = "";

    public Arguments(List<String> words) {
        this.rest = new ArrayDeque<>(words);
    }

    public boolean hasNext() {
        return !rest.isEmpty();
    }

    /// The next option.
    public String next() {
        option = rest.pop();
        return option;
    }

    /// The value of the option at hand.
    ///
    /// @throws StormException VALIDATION_ERROR if there is none
    public String value() {
        if (rest.isEmpty()) {
            throw StormException.invalid(option, "needs a value; see --help");
        }
        return rest.pop();
    }

    /// @throws StormException VALIDATION_ERROR for anything else
    public String matching(String pattern) {
        String value = value();
        if (!value.matches(pattern)) {
            throw StormException.invalid(option, "must match " + pattern);
        }
        return value;
    }

    /// @throws StormException VALIDATION_ERROR for anything else
    public int number(int min, int max) {
        String text = value();
        int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw StormException.invalid(option, "must be a number from " + min + " to " + max);
        }
        return number;
    }

    /// For an option that nobody knows.
    public StormException unknown() {
        return StormException.invalid(option, "is no option; see --help");
    }
}
