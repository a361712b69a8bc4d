package storm.bench.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storm.bench.Arguments;
import storm.protocol.errors.StormException;

/// What the worker's benchmark was called with. Everything is bounded.
///
/// @param stage stores, channels and worker
/// @param backlog messages that wait before the worker begins
/// @param warmUp seconds before the first measurement
/// @param seconds of each measurement
/// @param fresh whether the backlog is left to a worker that is just started
record WorkerBenchOptions(
        boolean help,
        StageOptions stage,
        int backlog,
        int warmUp,
        int seconds,
        boolean fresh,
        int textLength,
        int producers,
        Optional<Path> json) {
    static final String USAGE = """
            ./storm bench worker [--mongo file|URI] [--heap SIZE] [--channels N] [--backlog N] [--seconds N]

            Starts a Redis, a MongoDB-protocol server and the worker as shipped, in a temporary folder, and measures the
            producer's side of the queue, a lone message, a steady stream and the draining of a backlog.

              --mongo WHAT      file (the default): the embedded server as `./storm up` starts it; mongodb://…: a
                                MongoDB, whose database storm_bench_… is made and dropped
              --heap SIZE       of the worker (256m)
              --channels N      1 to 1000 (100)
              --backlog N       1000 to 1000000 messages (100000)
              --fresh           the backlog is drained by a worker that is just started, not by one that was asleep
              --warm-up N       0 to 600 seconds before the first measurement (60)
              --seconds N       of each measurement, 1 to 60 (10)
              --text N          characters of a text, 1 to 4000 (200)
              --producers N     threads that enqueue, each with a connection, 1 to 40 (32)
              --liberty DIR     the servers (target/liberty/wlp)
              --recording DIR   flight recordings of worker and embedded database
              --json FILE       write the report there, too""";

    /// @throws StormException VALIDATION_ERROR for what cannot be understood
    static WorkerBenchOptions parse(List<String> arguments) {
        Arguments words = new Arguments(arguments);
        boolean help = false;
        Path liberty = StageOptions.STANDARD.liberty();
        String mongo = StageOptions.STANDARD.mongo();
        String heap = StageOptions.STANDARD.heap();
        int channels = StageOptions.STANDARD.channels();
        int backlog = 100_000;
        int warmUp = 60;
        int seconds = 10;
        boolean fresh = false;
        int text = 200;
        int producers = 32;
        @Nullable Path recording = null;
        @Nullable Path json = null;
        while (words.hasNext()) {
            switch (words.next()) {
                case "--help", "-h" -> help = true;
                case "--liberty" -> liberty = Path.of(words.value());
                case "--mongo" -> mongo = words.matching("file|mongodb(\\+srv)?://.+");
                case "--heap" -> heap = words.matching("[0-9]{1,5}[mg]");
                case "--channels" -> channels = words.number(1, 1000);
                case "--backlog" -> backlog = words.number(1000, 1_000_000);
                case "--fresh" -> fresh = true;
                case "--warm-up" -> warmUp = words.number(0, 600);
                case "--seconds" -> seconds = words.number(1, 60);
                case "--text" -> text = words.number(1, 4000);
                case "--producers" -> producers = words.number(1, 40);
                case "--recording" -> recording = Path.of(words.value()).toAbsolutePath();
                case "--json" -> json = Path.of(words.value());
                default -> throw words.unknown();
            }
        }
        return new WorkerBenchOptions(
                help,
                new StageOptions(liberty, mongo, heap, channels, Optional.ofNullable(recording)),
                backlog,
                warmUp,
                seconds,
                fresh,
                text,
                producers,
                Optional.ofNullable(json));
    }
}
