package storm.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a scenario measured, and where.
///
/// @param environment what the figures depend on: processors, versions, sizes
/// @param faults what went wrong, a sentence each; figures of a run with faults mean nothing
public record Report(String scenario, Map<String, String> environment, List<Figure> figures, List<String> faults) {
    public Report {
        environment = new LinkedHashMap<>(environment);
        figures = List.copyOf(figures);
        faults = List.copyOf(faults);
    }

    /// The machine, for every report's environment.
    public static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        return machine;
    }

    public boolean isSound() {
        return faults.isEmpty();
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(scenario);
        environment.forEach((name, value) -> lines.add("  %-12s %s".formatted(name, value)));
        lines.add("");
        figures.forEach(figure -> lines.add(figure.row()));
        lines.add("");
        if (isSound()) {
            lines.add("everything that was taken was stored once and published once, in order");
        }
        faults.forEach(fault -> lines.add("NOT SOUND: " + fault));
        return lines;
    }
}
