package storm.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RotationWatchTest {
    private static final String METRICS = """
            # HELP storm_worker_rotation_left Messages not yet under the current storage key
            # TYPE storm_worker_rotation_left gauge
            storm_worker_rotation_left{key="k2",mp_scope="application"} 1234567.0
            storm_worker_rotation_done{key="k2",mp_scope="application"} 1.2E7
            storm_worker_rotation_unreadable{key="k2",mp_scope="application"} 0.0
            storm_worker_rotation_finished{key="k2",mp_scope="application"} 0.0
            """;

    @Test
    void progressIsReadFromTheMetricsOfTheKey() {
        RotationWatch.Progress progress = RotationWatch.read(METRICS, "k2").orElseThrow();

        assertThat(progress.left()).hasValue(1_234_567);
        assertThat(progress.done()).isEqualTo(12_000_000);
        assertThat(progress.finished()).isFalse();
    }

    @Test
    void anotherKeyOrNoFigureIsNoProgress() {
        assertThat(RotationWatch.read(METRICS, "k1")).isEmpty();
        assertThat(RotationWatch.read(METRICS.replace("1234567.0", "NaN"), "k2"))
                .isEmpty();
    }

    @Test
    void whatIsNotCountedYetIsNotNothing() {
        assertThat(RotationWatch.read(METRICS.replace("1234567.0", "-1.0"), "k2")
                        .orElseThrow()
                        .left())
                .isEmpty();
    }
}
