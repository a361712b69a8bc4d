package storm.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
    void outageIsToldAndTheLastNumbersStay() {
        model.refresh();
        peer.rest().on("GET /queue/stats", _ -> Reply.error(503, "SERVICE_UNAVAILABLE"));

        model.refresh();

        assertThat(model.outage().get()).contains("out of reach");
        assertThat(model.stats().get()).isPresent();
    }

    @Test
    void endOfAnOutageIsNoticed() {
        peer.rest().on("GET /queue/stats", _ -> Reply.error(503, "SERVICE_UNAVAILABLE"));
        model.refresh();
        peer.rest().on("GET /queue/stats", _ -> Reply.data("""
                {"waiting":0,"active":0,"delayed":0,"dead":0,"processedPerMinute":0,"failedPerMinute":0,\
                "oldestWaitingMs":0,"liveWorkers":1}"""));

        model.refresh();

        assertThat(model.outage().get()).isEmpty();
    }
}
