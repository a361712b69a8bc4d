package storm.embedded.redis;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A `redis-server` of our own on 127.0.0.1, its append-only file in one folder, so that it can be stopped, killed and
/// started again with what it held.
///
/// It refuses writes rather than evict (`noeviction`) and asks for a password. The configuration, password and all, is
/// a file of mode 0600: a command line is for everyone to read. A second process ends it when this JVM dies, even by
/// kill -9. Thread-safe.
public final class RedisProcess implements AutoCloseable {

    /// When Redis forces its append-only file to the disk.
    public enum Fsync {
        /// Before it answers: nothing acknowledged is lost, whatever is killed.
        ALWAYS,
        /// Once a second, aside: the quicker, for tests.
        EVERYSEC
    }

    /// Where and how a server runs.
    ///
    /// @param folder keeps the program, the configuration, the append-only file and the log; made if missing
    /// @param port a free port of 127.0.0.1
    /// @param password letters, digits, `-` and `_` only, so that it needs no escaping anywhere
    public record Settings(Path folder, int port, String password, Fsync fsync) {
        public Settings {
            if (!password.matches("[A-Za-z0-9_-]{1,128}")) {
                throw new IllegalArgumentException("a Redis password here is made of letters, digits, - and _");
            }
        }

        @Override
        public String toString() {
            return "Settings[folder=%s, port=%d, password=***, fsync=%s]".formatted(folder, port, fsync);
        }
    }

    private static final String PID_FILE = "redis.pid";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Settings settings;
    private @Nullable Process process;
    private @Nullable Process watchdog;
    private boolean paused;

    public RedisProcess(Settings settings) {
        this.settings = settings;
    }

    /// The URL that clients connect with; it carries the password.
    public String url() {
        return "redis://:" + settings.password() + "@127.0.0.1:" + settings.port();
    }

    public int port() {
        return settings.port();
    }

    /// The id of the running process.
    public synchronized long pid() {
        return running().pid();
    }

    /// Completes when the running process ends, for whatever reason.
    public synchronized CompletableFuture<Process> onExit() {
        return running().onExit();
    }

    /// Starts the server and returns when it answers, with everything loaded.
    ///
    /// @throws UncheckedIOException in one sentence, when it can't be started
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        Path folder = settings.folder().toAbsolutePath();
        try {
            Path program = RedisBinary.in(folder.resolve("bin"));
            Path configuration = configure(folder);
            endLeftOver(folder, configuration);
            Path log = folder.resolve("redis.log");
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
                // Its own session: Ctrl-C in a terminal is for whoever owns this process to act on, not for Redis.
                command.add("/usr/bin/setsid");
            }
            command.add(program.toString());
            command.add(configuration.toString());
            Process started = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            watchdog = watch(started.pid());
            Files.writeString(folder.resolve(PID_FILE), Long.toString(started.pid()));
            awaitAnswer(started, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Ends a server that still runs on this folder because its JVM was killed a moment ago: two of them on one
    /// append-only file would spoil it.
    private static void endLeftOver(Path folder, Path configuration) throws IOException {
        Path file = folder.resolve(PID_FILE);
        if (!Files.exists(file)) {
            return;
        }
        String pid = Files.readString(file).strip();
        ProcessHandle leftOver = pid.matches("[0-9]{1,18}")
                ? ProcessHandle.of(Long.parseLong(pid)).orElse(null)
                : null;
        if (leftOver == null || !isServerOf(leftOver, configuration)) {
            return;
        }
        leftOver.destroy();
        try {
            leftOver.onExit().get(STOP_TIMEOUT.toMillis(), MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a redis-server of before was ending", e);
        } catch (ExecutionException | TimeoutException e) {
            leftOver.destroyForcibly();
            throw new IOException(
                    "redis-server %s of before did not end; it was killed, start again".formatted(pid), e);
        }
    }

    /// A pid may have passed to a stranger: only a process whose command names our configuration is ours.
    /// Redis rewrites its own command line to `redis-server host:port`, so the program's folder is asked instead.
    private static boolean isServerOf(ProcessHandle process, Path configuration) {
        Path folder = configuration.resolveSibling("bin");
        return process.info()
                .command()
                .map(command -> Path.of(command).startsWith(folder))
                .orElse(false);
    }

    private Path configure(Path folder) throws IOException {
        Path file = folder.resolve("redis.conf");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, """
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                dir "%s"
                databases 1
                maxmemory-policy noeviction
                # The append-only file alone keeps the data; a snapshot beside it would be a second, older truth.
                save ""
                appendonly yes
                appendfsync %s
                # A queue fills the file with what is long gone: from 64 MB on, a load would have it rewritten every few
                # seconds. And what is in it is sealed: it does not compress.
                auto-aof-rewrite-min-size 256mb
                rdbcompression no
                daemonize no
                always-show-logo no
                """.formatted(
                        settings.port(),
                        settings.password(),
                        escaped(folder),
                        settings.fsync().name().toLowerCase(Locale.ROOT)));
    }

    private static String escaped(Path folder) {
        return folder.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /// A shell that waits for this JVM's end of a pipe to close, and then ends the server: orderly, by SIGTERM.
    private static Process watch(long pid) throws IOException {
        return new ProcessBuilder("sh", "-c", "trap '' INT HUP; read -r _; kill \"$0\" 2>/dev/null", Long.toString(pid))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    private void awaitAnswer(Process started, Path log) throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            if (!started.isAlive()) {
                throw new IOException("redis-server ended with status %d while it started: %s"
                        .formatted(started.exitValue(), lastLine(log)));
            }
            try (RespConnection connection = RespConnection.open(url(), Duration.ofSeconds(2))) {
                // Another server may hold the port, and this one be about to find out.
                if (connection.command("INFO", "server").contains("process_id:" + started.pid() + "\r")) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet, or still loading its file.
                if (System.nanoTime() > deadline) {
                    throw new IOException("redis-server did not answer within " + START_TIMEOUT.toSeconds() + " s", e);
                }
            }
            try {
                started.onExit().get(20, MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // It is still alive: ask again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while redis-server started", e);
            }
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines =
                Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    /// Stops the server in order: it writes what it holds and ends.
    public void stop() {
        end(Process::destroy);
    }

    /// Kills the server by SIGKILL, as a crash would.
    public void kill() {
        end(Process::destroyForcibly);
    }

    private synchronized void end(Consumer<Process> how) {
        Process ending = process;
        if (ending == null) {
            return;
        }
        if (paused) {
            resume();
        }
        how.accept(ending);
        try {
            if (!ending.waitFor(STOP_TIMEOUT.toMillis(), MILLISECONDS)) {
                ending.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process = null;
        if (watchdog != null) {
            watchdog.destroyForcibly();
            watchdog = null;
        }
    }

    /// Freezes the server by SIGSTOP: connections stay open and nothing answers.
    public synchronized void pause() {
        signal("STOP");
        paused = true;
    }

    /// Lets a frozen server go on.
    public synchronized void resume() {
        signal("CONT");
        paused = false;
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(running().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("redis-server could not be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Process running() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException("redis-server is not running");
        }
        return current;
    }

    /// Stops the server; what it held stays in its folder.
    @Override
    public void close() {
        stop();
    }
}
