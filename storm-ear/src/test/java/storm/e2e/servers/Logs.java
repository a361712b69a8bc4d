package storm.e2e.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import storm.e2e.people.Words;

/// What the servers wrote down while people used them.
final class Logs {
    private Logs() {}

    /// Fails if a log holds a text, a password, an e-mail address, a token or a key.
    ///
    /// A token that somebody changed is none: it opens nothing, and Liberty's own fault reports quote it.
    static void mustKeepSecrets(Storm storm) {
        List<String> secrets = new ArrayList<>(Words.all());
        secrets.addAll(storm.secretValues());
        List<String> leaks = new ArrayList<>();
        for (ServerProcess server : storm.servers()) {
            for (Path log : server.logs()) {
                try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                    lines.filter(line -> secrets.stream().anyMatch(line::contains))
                            .limit(3)
                            .forEach(line -> leaks.add(log.getFileName() + " of " + server.name() + ": " + line));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        assertThat(leaks).as("lines with secrets in them").isEmpty();
    }
}
