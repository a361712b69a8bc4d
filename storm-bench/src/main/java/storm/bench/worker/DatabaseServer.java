package storm.bench.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storm.embedded.EmbeddedStores;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// The embedded database in a process of its own, as `./storm up` runs it, on a file that outlives it.
public final class DatabaseServer implements AutoCloseable {
    /// Of the repository, where `./storm` calls this.
    private static final Path JVM_OPTIONS = Path.of("storm-shared/embedded/jvm.options");

    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final Optional<String> recording;
    private final int port = EmbeddedStores.freePort();
    private @Nullable Process process;

    DatabaseServer(Path folder, Optional<String> recording) {
        this.folder = folder;
        this.recording = recording;
    }

    String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    /// Starts it and returns when it answers.
    public void start() throws InterruptedException {
        Path ready = folder.resolve("ready");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + JVM_OPTIONS.toAbsolutePath());
        recording.ifPresent(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EmbeddedStores.class.getName()));
        command.addAll(List.of("--only", "mongo", "--mongo-port", String.valueOf(port)));
        command.addAll(List.of("--data", folder.toString(), "--ready", ready.toString()));
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(ready);
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("console.log").toFile()))
                    .start();
            process = started;
            long end = System.nanoTime() + START.toNanos();
            while (!Files.exists(ready)) {
                if (System.nanoTime() > end || started.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new StormException(
                            ErrorCode.SERVICE_UNAVAILABLE,
                            "the database did not start; see " + folder + "/console.log");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() throws InterruptedException {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroy();
            running.waitFor();
        }
    }

    /// SIGKILL.
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /// SIGSTOP: connections stay open, and nothing is answered.
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

    /// In order, so that it leaves its recording.
    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
