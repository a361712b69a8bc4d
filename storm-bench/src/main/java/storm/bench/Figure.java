package storm.bench;

import java.util.Locale;

/// One measured number.
///
/// @param goal what it should be, in words; empty if there is none
/// @param reached whether it is so; true without a goal
public record Figure(String name, double value, String unit, String goal, boolean reached) {
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, "", true);
    }

    public static Figure atLeast(String name, double value, String unit, double goal) {
        return new Figure(name, value, unit, "at least " + number(goal), value >= goal);
    }

    public static Figure below(String name, double value, String unit, double goal) {
        return new Figure(name, value, unit, "below " + number(goal), value < goal);
    }

    String row() {
        return "%-52s %12s %-8s %-18s %s"
                .formatted(name, number(value), unit, goal, goal.isEmpty() ? "" : reached ? "yes" : "NO")
                .stripTrailing();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
