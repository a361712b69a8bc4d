package storm.bench.worker;

import java.nio.file.Path;
import java.util.Optional;

/// What a [Stage] is made of.
///
/// @param liberty the installation with the server `storm-worker`
/// @param mongo `file` for the embedded server, or the URI of a MongoDB
/// @param heap of a worker, as for -Xmx
/// @param channels how many there are
/// @param recording the folder for flight recordings of worker and embedded database
public record StageOptions(Path liberty, String mongo, String heap, int channels, Optional<Path> recording) {
    public static final StageOptions STANDARD =
            new StageOptions(Path.of("target/liberty/wlp"), "file", "256m", 100, Optional.empty());

    public StageOptions {
        liberty = liberty.toAbsolutePath();
    }

    boolean isEmbedded() {
        return mongo.equals("file");
    }

    /// The JVM's option that records a process; none if nothing is recorded.
    Optional<String> recordingOf(String process) {
        return recording.map(folder -> "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                + folder.resolve(process + ".jfr"));
    }
}
