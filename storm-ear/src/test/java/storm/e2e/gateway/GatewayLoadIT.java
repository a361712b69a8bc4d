package storm.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import storm.bench.gateway.GatewayBench;
import storm.e2e.StormTest;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

/// The benchmark's scenarios in small: each fails if one event is lost, repeated or out of order.
@RunsOn(Topology.SPLIT)
class GatewayLoadIT extends StormTest {
    GatewayLoadIT(Storm storm) {
        super(storm);
    }

    @Test
    @Shows({"no loss", "order"})
    void everybodyWhoLostTheGatewayComesBackAndMissesNothing() throws Exception {
        CompletableFuture<Void> restart = new CompletableFuture<>();

        List<String> figures = run(
                progress -> {
                    if (progress.contains("restart")) {
                        var _ = restart.completeAsync(() -> {
                            storm.gateway().kill();
                            storm.gateway().start();
                            return null;
                        });
                    }
                },
                "reconnect",
                "--users",
                "20",
                "--sockets",
                "200",
                "--seconds",
                "60",
                "--longest-wait",
                "2");

        restart.join();
        assertThat(figures).singleElement().asString().contains("no gap, no repeat");
        figures.forEach(System.out::println);
    }

    @Test
    @Shows("order")
    void everybodyHearsEverythingOnceAndInOrderUnderLoad() throws Exception {
        assertThat(run(_ -> {}, "fan-out", "--users", "10", "--sockets", "100", "--warm-up", "1", "--seconds", "2"))
                .isNotEmpty();
    }

    private List<String> run(Consumer<String> progress, String... arguments) throws Exception {
        return GatewayBench.run(
                List.of(arguments),
                Map.of(
                        "STORM_URL",
                        storm.rest().http().toString(),
                        "STORM_WS_URL",
                        storm.gateway().http().toString()),
                progress);
    }
}
