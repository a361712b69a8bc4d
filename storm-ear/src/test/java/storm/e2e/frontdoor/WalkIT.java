package storm.e2e.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final Pattern BLOCK = Pattern.compile("(?s)<!-- walk -->\\s*```sh\\n(.*?)```");
    private static final String README_URL = "http://localhost:9080";

    WalkIT(Storm storm) {
        super(storm);
    }

    @Test
    void theReadmesWalkWorksWhenPasted() throws Exception {
        assumeTrue(Commands.isInstalled("curl"), "the walk needs curl, which is not installed here");
        List<String> blocks = blocks();
        assertThat(blocks).as("blocks marked <!-- walk --> in README.md").isNotEmpty();
        String walk = String.join("\n", blocks);
        assertThat(walk).contains(README_URL);

        Commands.Result result =
                Commands.shell(walk.replace(README_URL, storm.rest().http().toString()));

        assertThat(result.status()).as(result.output()).isZero();
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

    private static List<String> blocks() throws IOException {
        Path readme = Installation.root().resolve("README.md");
        return BLOCK.matcher(Files.readString(readme))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
