package storm.bench.worker.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import storm.bench.Arguments;
import storm.bench.worker.StageOptions;
import storm.protocol.errors.StormException;

/// What chaos was called with. Everything is bounded.
///
/// @param minutes after which no further round begins
/// @param rate messages a second, over all channels
/// @param seed of the choice of blows, so that a run can be repeated
record ChaosOptions(boolean help, StageOptions stage, int minutes, int rate, long seed, Optional<Path> json) {
    static final String USAGE = """
            ./storm chaos [--minutes N] [--channels N] [--rate N] [--seed N] [--json FILE]

            Starts a Redis, a MongoDB-protocol server on its file and two workers as shipped, in a temporary folder, and
            sends messages and edits while it kills, stops and puts to sleep workers and stores at random. After each
            round all must be well: everything acked is stored once and published once in the order of its sender, every
            seq is used once, and what can't be stored is a dead letter. Exit status 0 if it is so, 1 if not.

              --minutes N       1 to 1440 (10); the round at hand is finished
              --channels N      2 to 100 (8)
              --rate N          messages a second, 1 to 2000 (100)
              --seed N          of the random choice; printed, so that a run can be repeated
              --liberty DIR     the servers (target/liberty/wlp)
              --json FILE       write the report there, too""";

    /// @throws StormException VALIDATION_ERROR for what cannot be understood
    static ChaosOptions parse(List<String> arguments) {
        Arguments words = new Arguments(arguments);
        boolean help = false;
        Path liberty = StageOptions.STANDARD.liberty();
        int minutes = 10;
        int channels = 8;
        int rate = 100;
        long seed = ThreadLocalRandom.current().nextInt(1, 1_000_000);
        @Nullable Path json = null;
        while (words.hasNext()) {
            switch (words.next()) {
                case "--help", "-h" -> help = true;
                case "--minutes" -> minutes = words.number(1, 1440);
                case "--channels" -> channels = words.number(2, 100);
                case "--rate" -> rate = words.number(1, 2000);
                case "--seed" -> seed = words.number(0, 9_999_999);
                case "--liberty" -> liberty = Path.of(words.value());
                case "--json" -> json = Path.of(words.value());
                default -> throw words.unknown();
            }
        }
        StageOptions stage = new StageOptions(liberty, "file", "256m", channels, Optional.empty());
        return new ChaosOptions(help, stage, minutes, rate, seed, Optional.ofNullable(json));
    }
}
