package storm.e2e.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// Where the build put what the tests start: the Liberty installation, the coverage agent, this run's own folder.
public final class Installation {
    private static final Path ROOT =
            Path.of(System.getProperty("storm.root", "..")).toAbsolutePath().normalize();
    private static final Path RESULTS = ROOT.resolve("storm-ear/target/e2e");
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    private Installation() {}

    /// The repository's root.
    public static Path root() {
        return ROOT;
    }

    static Path liberty() {
        Path wlp = ROOT.resolve("target/liberty/wlp");
        if (!Files.isDirectory(wlp)) {
            throw new IllegalStateException("there is no Liberty at " + wlp + ": run ./mvnw package first");
        }
        return wlp;
    }

    /// A folder for one part of this run: emptied, for what a run before left in it would be taken for this run's.
    static Path folder(String name) {
        Path folder = RESULTS.resolve(name);
        try {
            Trees.delete(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The JVM argument that records a server's coverage; none if the build did not bring the agent.
    static String coverage(String run) {
        Path agent = ROOT.resolve("target/jacoco/agent.jar");
        if (!Files.exists(agent)) {
            return "";
        }
        return "-javaagent:%s=destfile=%s,includes=storm.*"
                .formatted(agent, RESULTS.resolve("coverage-" + run + ".exec"));
    }

    /// A port of 127.0.0.1 that nobody listens on. It is below the range that outgoing connections take theirs from
    /// (32768 on, in Linux), so that it is still free when a server that had it is started again.
    public static int freePort() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = RANDOM.nextInt(15_000, 32_000);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                // Taken: try another.
            }
        }
        throw new IllegalStateException("no free port between 15000 and 32000");
    }
}
