package storm.bench.worker;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storm.protocol.errors.StormException;

/// What the worker's benchmark was called with. Everything is bounded.
///
/// @param liberty the installation with the server `storm-worker`
/// @param mongo `memory`, `file`, or the URI of a MongoDB
/// @param backlog messages that wait before the worker begins
/// @param seconds of each measurement
record WorkerBenchOptions(
        boolean help,
        Path liberty,
        String mongo,
        String heap,
        int channels,
        int backlog,
        int seconds,
        int textLength,
        int producers,
        Optional<Path> recording,
        Optional<Path> json) {
    static final String USAGE = """
            ./storm bench worker [--mongo memory|file|URI] [--heap SIZE] [--channels N] [--backlog N] [--seconds N]

            Starts a Redis, a MongoDB-protocol server and the worker as shipped, in a temporary folder, and measures the
            producer's side of the queue, a lone message, a steady stream and the draining of a backlog.

              --mongo WHAT      memory (the default): the embedded server without its file; file: with it;
                                mongodb://…: a MongoDB, whose database storm_bench_… is made and dropped
              --heap SIZE       of the worker (256m)
              --channels N      1 to 1000 (100)
              --backlog N       1000 to 1000000 messages (100000)
              --seconds N       of each measurement, 1 to 60 (10)
              --text N          characters of a text, 1 to 4000 (200)
              --producers N     threads that enqueue, each with a connection, 1 to 40 (8)
              --liberty DIR     the servers (target/liberty/wlp)
              --recording FILE  a flight recording of the worker
              --json FILE       write the report there, too""";

    /// @throws StormException VALIDATION_ERROR for what cannot be understood
    static WorkerBenchOptions parse(List<String> arguments) {
        ArrayDeque<String> rest = new ArrayDeque<>(arguments);
        boolean help = false;
        Path liberty = Path.of("target/liberty/wlp");
        String mongo = "memory";
        String heap = "256m";
        int channels = 100;
        int backlog = 100_000;
        int seconds = 10;
        int text = 200;
        int producers = 8;
        @Nullable Path recording = null;
        @Nullable Path json = null;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--liberty" -> liberty = Path.of(value(option, rest));
                case "--mongo" -> mongo = matching(option, value(option, rest), "memory|file|mongodb(\\+srv)?://.+");
                case "--heap" -> heap = matching(option, value(option, rest), "[0-9]{1,5}[mg]");
                case "--channels" -> channels = number(option, rest, 1, 1000);
                case "--backlog" -> backlog = number(option, rest, 1000, 1_000_000);
                case "--seconds" -> seconds = number(option, rest, 1, 60);
                case "--text" -> text = number(option, rest, 1, 4000);
                case "--producers" -> producers = number(option, rest, 1, 40);
                case "--recording" -> recording = Path.of(value(option, rest)).toAbsolutePath();
                case "--json" -> json = Path.of(value(option, rest));
                default -> throw StormException.invalid(option, "is no option; see --help");
            }
        }
        return new WorkerBenchOptions(
                help,
                liberty.toAbsolutePath(),
                mongo,
                heap,
                channels,
                backlog,
                seconds,
                text,
                producers,
                Optional.ofNullable(recording),
                Optional.ofNullable(json));
    }

    private static String value(String option, ArrayDeque<String> rest) {
        if (rest.isEmpty()) {
            throw StormException.invalid(option, "needs a value; see --help");
        }
        return rest.pop();
    }

    private static String matching(String option, String value, String pattern) {
        if (!value.matches(pattern)) {
            throw StormException.invalid(option, "must match " + pattern);
        }
        return value;
    }

    private static int number(String option, ArrayDeque<String> rest, int min, int max) {
        String text = value(option, rest);
        int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw StormException.invalid(option, "must be a number from " + min + " to " + max);
        }
        return number;
    }
}
