package storm.e2e.frontdoor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import storm.e2e.servers.Installation;

/// Commands as a person types them, from the repository's root.
final class Commands {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Commands() {}

    /// How a command ended and what it printed, both streams together.
    record Result(int status, String output) {}

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Runs a command, feeding it this input, and waits for its end.
    static Result run(Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("storm-command-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Installation.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("%s did not end:%n%s".formatted(command, Files.readString(output)));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
