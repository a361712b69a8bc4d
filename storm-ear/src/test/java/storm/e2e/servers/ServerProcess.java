package storm.e2e.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One Liberty server as shipped, run in the foreground as a process of its own.
///
/// What it writes lies below its folder, so that several processes may run from one server definition. It sees the
/// environment given and nothing of this JVM's. Used by one thread at a time.
public final class ServerProcess {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        // A test run that is interrupted leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "end-servers"));
    }

    private final String name;
    private final Part part;
    private final Path folder;
    private final int port;
    private final Map<String, String> environment;
    private int runs;
    private @Nullable Process process;

    ServerProcess(String name, Part part, Path folder, int port, Map<String, String> environment) {
        this.name = name;
        this.part = part;
        this.folder = folder;
        this.port = port;
        this.environment = Map.copyOf(environment);
    }

    /// The name in this test run, such as `rest` or `gateway-2`.
    public String name() {
        return name;
    }

    public Part part() {
        return part;
    }

    /// `http://127.0.0.1:port`
    public URI http() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Map<String, String> environment() {
        return environment;
    }

    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /// Starts the server without waiting; nothing if it runs.
    public void launch() {
        if (isRunning()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            runs++;
            ProcessBuilder builder = new ProcessBuilder(
                            Installation.liberty().resolve("bin/server").toString(), "run", part.serverName())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
            Map<String, String> theirs = builder.environment();
            theirs.clear();
            theirs.put("PATH", System.getenv("PATH"));
            theirs.put("HOME", folder.toString());
            theirs.put("LANG", "C.UTF-8");
            theirs.put("JAVA_HOME", System.getProperty("java.home"));
            theirs.put("WLP_OUTPUT_DIR", folder.toString());
            theirs.put("JVM_ARGS", compiler() + " " + Installation.coverage(name + "-" + runs));
            theirs.putAll(environment);
            Process launched = builder.start();
            ALIVE.add(launched);
            var _ = launched.onExit().thenAccept(ALIVE::remove);
            process = launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The second compiler takes half of the processor time of a start, and most servers of a test do not live long
    /// enough to gain from it. The one that is everything in one starts once and hashes hundreds of passwords.
    private String compiler() {
        return part == Part.ALL_IN_ONE ? "" : "-XX:TieredStopAtLevel=1";
    }

    /// Starts the server and returns when it is ready.
    public void start() {
        launch();
        awaitReady();
    }

    /// Returns when the server says that it is ready to serve.
    public void awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (health("ready") != 200) {
            if (!isRunning()) {
                throw new IllegalStateException(name + " ended while it started:\n" + lastLines());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%s was not ready within %d s (ready says %d):%n%s"
                        .formatted(name, START_TIMEOUT.toSeconds(), health("ready"), lastLines()));
            }
            await(POLL);
        }
    }

    /// The status that `/health/<check>` answers; 0 if there is no answer.
    public int health(String check) {
        HttpRequest request = HttpRequest.newBuilder(http().resolve("/health/" + check))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // Nobody listens (yet): that is an answer here.
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Waits until the server has ended by itself and returns its status.
    public int awaitEnd() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was not started");
        }
        try {
            if (!current.waitFor(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                current.destroyForcibly().waitFor();
                throw new IllegalStateException(name + " did not end by itself:\n" + lastLines());
            }
            return current.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// What the server printed, over all its runs.
    public List<String> consoleLines() {
        try {
            return Files.readAllLines(console(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops the server by SIGTERM, as `docker stop` and `./storm down` do, and returns when it has ended.
    public void stop() {
        end(false);
    }

    /// Ends the server by SIGKILL, as a crash would.
    public void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        Process current = process;
        if (current == null) {
            return;
        }
        if (forcibly) {
            current.destroyForcibly();
        } else {
            current.destroy();
        }
        try {
            if (!current.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                current.destroyForcibly().waitFor();
                throw new IllegalStateException(
                        "%s did not stop within %d s:%n%s".formatted(name, STOP_TIMEOUT.toSeconds(), lastLines()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            process = null;
        }
    }

    /// Freezes the server by SIGSTOP: its connections stay open and nothing answers.
    public void freeze() {
        signal("STOP");
    }

    /// Lets a frozen server go on.
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(name + " is not running");
        }
        try {
            int status = new ProcessBuilder("kill", "-" + signal, Long.toString(current.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(name + " could not be sent SIG" + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// All that the server ever logged: its console and its log files.
    public List<Path> logs() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/logs/") || file.equals(console()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path console() {
        return folder.resolve("console.log");
    }

    private String lastLines() {
        List<String> lines = consoleLines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private void await(Duration pause) {
        Process current = process;
        if (current == null) {
            return;
        }
        try {
            // Ends early if the server does.
            boolean _ = current.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public String toString() {
        return name + " at " + http();
    }
}
