package storm.e2e.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import storm.e2e.StormTest;
import storm.e2e.servers.Installation;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.json.Json;

/// The README's walk, pasted into a shell as a newcomer would.
@RunsOn(Topology.ALL_IN_ONE)
class WalkIT extends StormTest {
    private static final String WALK = "walk";
    private static final String DEAD_LETTERS = "dead letters";
    private static final String README_URL = "http://localhost:9080";

    WalkIT(Storm storm) {
        super(storm);
    }

    @Test
    void theReadmesWalkWorksWhenPasted() throws Exception {
        assumeTrue(Commands.isInstalled("curl"), "the walk needs curl, which is not installed here");
        Commands.Result result = paste(blocks(WALK));

        JsonObject last =
                Json.readObject(result.output().substring(result.output().lastIndexOf("{\"data\"")));
        assertThat(last.getBoolean("success")).isTrue();
        assertThat(last.getJsonObject("data")
                        .getJsonArray("messages")
                        .getJsonObject(0)
                        .getString("content"))
                .isEqualTo("Hello, Bob");
        assertThat(result.output()).doesNotContain("\"success\":false");
    }

    @Test
    void aDeadLetterIsInspectedRetriedAndDiscardedAsTheReadmeSays() throws Exception {
        assumeTrue(Commands.isInstalled("curl"), "the walk needs curl, which is not installed here");
        Commands.Result result = paste(blocks(WALK) + "\n" + blocks(DEAD_LETTERS));

        assertThat(result.output())
                .doesNotContain("\"success\":false")
                .contains("message_id_taken", "\"retried\":1", "\"discarded\":1");
    }

    private Commands.Result paste(String lines) throws Exception {
        assertThat(lines).contains(README_URL);
        Commands.Result result = Commands.run(
                Map.of("STORM_ADMIN_EMAIL", storm.adminEmail(), "STORM_ADMIN_PASSWORD", storm.adminPassword()),
                lines.replace(README_URL, storm.rest().http().toString()),
                List.of("sh", "-e"));
        assertThat(result.status()).as(result.output()).isZero();
        return result;
    }

    /// The blocks of README.md behind this mark.
    private static String blocks(String mark) throws IOException {
        Path readme = Installation.root().resolve("README.md");
        List<String> blocks = Pattern.compile("(?s)<!-- " + mark + " -->\\s*```sh\\n(.*?)```")
                .matcher(Files.readString(readme))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(blocks)
                .as("blocks marked <!-- " + mark + " --> in README.md")
                .isNotEmpty();
        return String.join("\n", blocks);
    }
}
