package storm.e2e.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import storm.e2e.StormTest;
import storm.e2e.servers.Part;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

/// A setting that a server cannot run with.
@RunsOn(Topology.SPLIT)
class BadSettingsIT extends StormTest {
    BadSettingsIT(Storm storm) {
        super(storm);
    }

    /// A server that must not start, and why.
    private record Broken(ServerProcess server, String variable, String value) {}

    @Test
    void aMissingOrWrongSettingEndsTheServerWithALineThatNamesItAndNotItsValue() {
        List<Broken> all = List.of(
                broken(Part.WORKER, "STORM_MESSAGE_KEYS", "k1:5ec4e7"),
                broken(Part.GATEWAY, "STORM_TRANSPORT_KEY", "5ec4e7"),
                broken(Part.REST, "STORM_JWT_PRIVATE_KEY", ""));
        all.forEach(each -> each.server().launch());

        for (Broken each : all) {
            int status = each.server().awaitEnd();

            assertThat(status).as(each.server().name()).isNotZero();
            List<String> lines = each.server().consoleLines().stream()
                    .filter(line -> line.contains(each.variable()))
                    .toList();
            assertThat(lines).as("lines about %s", each.variable()).hasSize(1);
            assertThat(lines.getFirst()).contains("for example");
            if (!each.value().isEmpty()) {
                assertThat(each.server().consoleLines()).noneMatch(line -> line.contains(each.value()));
            }
        }
    }

    private Broken broken(Part part, String variable, String value) {
        ServerProcess server = storm.prepare(part, "broken-" + part.serverName(), Map.of(variable, value));
        return new Broken(server, variable, value);
    }
}
