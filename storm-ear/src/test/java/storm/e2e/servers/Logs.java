package storm.e2e.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storm.e2e.people.Words;

/// What the servers wrote down while people used them.
public final class Logs {
    /// A signed token: three parts of Base64, the first of which begins `{"`.
    private static final Pattern TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}");

    private Logs() {}

    /// Fails if a log holds a text, a password, an e-mail address, a token or a key.
    public static void mustKeepSecrets(Storm storm) {
        List<String> secrets = new ArrayList<>(Words.all());
        secrets.addAll(storm.secretValues());
        for (ServerProcess server : storm.servers()) {
            for (Path log : server.logs()) {
                try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                    lines.forEach(line -> {
                        for (String secret : secrets) {
                            assertThat(line).as("%s of %s", log, server.name()).doesNotContain(secret);
                        }
                        assertThat(TOKEN.matcher(line).find())
                                .as("a token in %s of %s: %s", log, server.name(), line)
                                .isFalse();
                    });
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
