package storm.bench.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storm.embedded.EmbeddedStores;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// The worker as shipped, in a process of its own.
public final class WorkerServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(40);

    private final Path liberty;
    private final Path folder;
    private final Map<String, String> settings;
    private final String jvmOptions;
    private final int port = EmbeddedStores.freePort();
    private @Nullable Process process;

    WorkerServer(Path liberty, Path folder, Map<String, String> settings, String jvmOptions) {
        this.liberty = liberty;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        this.jvmOptions = jvmOptions;
    }

    /// Starts it and returns when it is ready.
    public void start() throws InterruptedException {
        if (!Files.isDirectory(liberty.resolve("usr/servers/storm-worker"))) {
            throw new StormException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "no server storm-worker in " + liberty + "; build Storm, or name --liberty");
        }
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(
                            liberty.resolve("bin/server").toString(), "run", "storm-worker")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("console.log").toFile()));
            Map<String, String> environment = builder.environment();
            String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
            environment.clear();
            environment.putAll(settings);
            environment.put("PATH", path);
            environment.put("HOME", folder.toString());
            environment.put("LANG", "C.UTF-8");
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            environment.put("WLP_OUTPUT_DIR", folder.toString());
            environment.put("JVM_ARGS", jvmOptions);
            environment.put("STORM_HTTP_PORT", String.valueOf(port));
            environment.put("STORM_HTTPS_PORT", "-1");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    private void awaitReady() throws InterruptedException {
        URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
        long end = System.nanoTime() + START.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                if (process == null || !process.isAlive() || System.nanoTime() > end) {
                    throw new StormException(
                            ErrorCode.SERVICE_UNAVAILABLE, "the worker did not start; see " + folder + "/console.log");
                }
                if (isReady(http, ready)) {
                    return;
                }
                boolean _ = process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static boolean isReady(HttpClient http, URI ready) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(3)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // Not listening yet.
        }
    }

    /// Stops it in order.
    public void stop() throws InterruptedException {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }

    /// SIGKILL.
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().onExit().join();
        }
    }

    /// SIGSTOP: it sleeps in the middle of whatever it does.
    public void pause() throws InterruptedException {
        if (process != null) {
            Signals.send("STOP", process);
        }
    }

    /// SIGCONT.
    public void resume() throws InterruptedException {
        if (process != null) {
            Signals.send("CONT", process);
        }
    }

    /// The processor time that it took since its start.
    Duration cpu() {
        return process == null ? Duration.ZERO : Signals.cpu(process);
    }

    @Override
    public void close() {
        kill();
    }
}
