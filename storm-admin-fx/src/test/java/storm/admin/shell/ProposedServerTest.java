package storm.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import storm.admin.ui.Remembered;
import storm.admin.ui.TestConsole;

class ProposedServerTest {
    private final Remembered memory = TestConsole.memory();
    private final Map<String, String> environment = new HashMap<>();
    private final ProposedServer proposed = new ProposedServer(memory, environment::get);

    @Test
    void aServerOfOnesOwnGoesBeforeTheLastOneAndThatBeforeTheLocalOne() {
        assertThat(proposed.get("url")).isEmpty();
        environment.put("STORM_LOCAL_URL", "http://127.0.0.1:9080");
        assertThat(proposed.get("url")).contains("http://127.0.0.1:9080");
        proposed.put("url", "https://last.example");
        assertThat(proposed.get("url")).contains("https://last.example");
        environment.put("STORM_URL", "https://wanted.example");
        assertThat(proposed.get("url")).contains("https://wanted.example");
        environment.put("STORM_URL", " ");
        assertThat(proposed.get("url")).contains("https://last.example");
    }

    @Test
    void everythingElseIsAsRemembered() {
        environment.put("STORM_URL", "https://wanted.example");
        proposed.put("email", "ann@example.org");

        assertThat(proposed.get("email")).contains("ann@example.org");
        assertThat(proposed.get("theme")).isEmpty();
        assertThat(memory.get("email")).contains("ann@example.org");
    }
}
