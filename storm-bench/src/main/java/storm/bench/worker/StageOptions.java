package storm.bench.worker;

import java.nio.file.Path;
import java.util.Optional;

/// What a [Stage] is made of.
///
/// @param liberty the installation with the server `storm-worker`
/// @param mongo `memory`, `file`, or the URI of a MongoDB
/// @param heap of a worker, as for -Xmx
/// @param channels how many there are
/// @param recording where a worker's flight recording goes
public record StageOptions(Path liberty, String mongo, String heap, int channels, Optional<Path> recording) {
    public static final StageOptions STANDARD =
            new StageOptions(Path.of("target/liberty/wlp"), "file", "256m", 100, Optional.empty());

    public StageOptions {
        liberty = liberty.toAbsolutePath();
    }
}
