package storm.e2e.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import storm.e2e.servers.Installation;

/// A command of the container engine, run in the repository's root.
///
/// @param variables what it sees beside this JVM's environment
record Command(List<String> words, Map<String, String> variables, Duration limit) {
    private static final Duration SOON = Duration.ofMinutes(2);

    Command {
        words = List.copyOf(words);
        variables = Map.copyOf(variables);
    }

    static Command of(String... words) {
        return new Command(List.of(words), Map.of(), SOON);
    }

    /// What came out of it: its status, what it printed, and what it told beside that.
    record Outcome(int status, String text, String remarks) {}

    /// Runs it and returns what it printed.
    ///
    /// @throws IllegalStateException if it fails
    String run() {
        Outcome outcome = attempt();
        if (outcome.status() != 0) {
            throw new IllegalStateException("%s ended with status %d:%n%s%s"
                    .formatted(words, outcome.status(), outcome.text(), outcome.remarks()));
        }
        return outcome.text();
    }

    /// Runs it, and whether it fails is the caller's to judge.
    Outcome attempt() {
        try {
            Path output = Files.createTempFile("storm-command-", ".txt");
            Path remarks = Files.createTempFile("storm-command-", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(words)
                        .directory(Installation.root().toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(remarks.toFile());
                builder.environment().putAll(variables);
                Process process = builder.start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroy();
                    throw new IllegalStateException("%s did not end within %d s:%n%s"
                            .formatted(words, limit.toSeconds(), Files.readString(output) + Files.readString(remarks)));
                }
                return new Outcome(process.exitValue(), Files.readString(output), Files.readString(remarks));
            } finally {
                Files.delete(output);
                Files.delete(remarks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
