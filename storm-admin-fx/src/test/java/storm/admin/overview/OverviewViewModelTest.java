package storm.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.ui.Console;
import storm.admin.ui.TestConsole;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.users.Role;

class OverviewViewModelTest {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private ConsolePeer peer;
    private OverviewViewModel model;

    @BeforeEach
    void start() throws Exception {
        peer = new ConsolePeer(Role.MODERATOR);
        Console real = TestConsole.signedIn(peer.url(), new TestConsole.Told());
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        model = new OverviewViewModel(new Console(
                real.client(),
                real.me(),
                real.work(),
                real.texts(),
                real.times(),
                clock,
                real.names(),
                real.remembered(),
                real.say(),
                real.complain()));
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void lastHalfHourIsKept() {
        for (int minute = 0; minute <= 45; minute += 5) {
            model.refresh();
            now = now.plus(Duration.ofMinutes(5));
        }

        assertThat(model.samples()).hasSize(7);
        assertThat(model.samples().getFirst().at()).isEqualTo(Instant.parse("2030-01-01T00:15:00Z"));
    }

    @Test
    void partThatFailsIsToldWithTheHealthAndTheLastNumbersStay() {
        model.refresh();
        peer.rest().on("GET /queue/stats", _ -> Reply.error(503, "SERVICE_UNAVAILABLE"));

        model.refresh();

        assertThat(model.outage().get())
                .contains("a part of it is out of reach")
                .contains("12:00:00");
        assertThat(model.stats().get()).isPresent();
        assertThat(model.health().get()).isPresent();
    }

    @Test
    void partThatTheServerDoesNotReachIsNamed() {
        peer.rest().on("GET /health", _ -> new Reply(503, """
            {"status":"down","uptime":1,"mongo":"disconnected","redis":"connected","worker":"connected",\
            "delivery":"disconnected"}\
            """, java.util.Map.of()));

        model.refresh();

        assertThat(model.outage().get()).contains("12:00:00").contains("MongoDB, Delivery");
        assertThat(model.barred().get()).isFalse();
    }

    @Test
    void whoIsNoStaffAnyMoreIsBarred() {
        peer.rest().on("GET /queue/stats", _ -> Reply.error(403, "FORBIDDEN"));

        model.refresh();

        assertThat(model.barred().get()).isTrue();
    }

    @Test
    void theAxisOfAChartEndsAtARoundNumberAboveTheHighestValue() {
        assertThat(LongStream.of(0, 4, 5, 9, 41, 1_000, 123_456).map(OverviewView::step))
                .containsExactly(1L, 1L, 2L, 5L, 20L, 500L, 50_000L);
    }

    @Test
    void outageIsToldSinceItBeganAndItsEndIsNoticed() {
        peer.rest().on("GET /health", _ -> Reply.error(502, "BAD_GATEWAY"));
        model.refresh();
        now = now.plus(Duration.ofMinutes(7));
        model.refresh();
        assertThat(model.outage().get()).contains("out of reach").contains("12:00:00");
        assertThat(model.health().get()).isEmpty();
        peer.rest().on("GET /health", _ -> new Reply(200, """
            {"status":"ok","uptime":1,"mongo":"connected","redis":"connected","worker":"connected",\
            "delivery":"connected"}\
            """, java.util.Map.of()));

        model.refresh();

        assertThat(model.outage().get()).isEmpty();
        assertThat(model.health().get()).isPresent();
    }
}
