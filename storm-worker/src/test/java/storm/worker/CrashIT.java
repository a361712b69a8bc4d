package storm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storm.core.health.WorkerHeartbeats;
import storm.embedded.fixture.TestStores;

/// Workers and stores die; whatever was acked arrives, once and in order.
class CrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// How long the database is away: more than the attempts of a job would last if they were burned.
    private static final Duration AWAY = Duration.ofSeconds(20);

    private TestStores stores;
    private TestInstallation storm;

    @BeforeEach
    void start() {
        stores = TestStores.own();
        storm = new TestInstallation(stores);
        storm.messages.createIndexes();
    }

    @AfterEach
    void stop() {
        storm.close();
        stores.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void workerThatDiesInAStepLosesNothing(FailPoint point) throws Exception {
        Traffic traffic = new Traffic(storm, 4);
        try (WorkerProcess dying = WorkerProcess.start(storm.settings(), point, 3)) {
            AtomicBoolean alive = new AtomicBoolean(true);
            Thread sender = Thread.ofVirtual().start(() -> traffic.sendWhile(alive::get));
            assertThat(dying.awaitDeath(60)).isTrue();
            alive.set(false);
            sender.join();
        }
        storm.startWorker();
        traffic.send(20);
        traffic.assertEverythingArrivedOnce(PATIENCE);
    }

    @Test
    void partitionsOfAWorkerKilledUnderLoadGoToTheOther() throws Exception {
        Traffic traffic = new Traffic(storm, 8);
        try (WorkerProcess one = WorkerProcess.start(storm.settings());
                WorkerProcess other = WorkerProcess.start(storm.settings())) {
            awaitWorkers(2);
            AtomicBoolean more = new AtomicBoolean(true);
            Thread sender = Thread.ofVirtual().start(() -> traffic.sendWhile(more::get));
            await().atMost(PATIENCE).until(() -> traffic.acked() >= 200);
            one.kill();
            int before = traffic.acked();
            await().atMost(PATIENCE).until(() -> traffic.acked() >= before + 200);
            more.set(false);
            sender.join();
            traffic.assertEverythingArrivedOnce(PATIENCE);
            other.kill();
        }
    }

    @Test
    void workerThatSleptPastItsLeaseIsFencedOff() throws Exception {
        Traffic traffic = new Traffic(storm, 8);
        try (WorkerProcess sleeping = WorkerProcess.start(storm.settings())) {
            awaitWorkers(1);
            AtomicBoolean more = new AtomicBoolean(true);
            Thread sender = Thread.ofVirtual().start(() -> traffic.sendWhile(more::get));
            sleeping.pause();
            storm.startWorker();
            await().atMost(PATIENCE).until(() -> storm.redis.get("storm:q:{0}:lease") != null && liveWorkers() == 1);
            sleeping.resume();
            awaitWorkers(2);
            more.set(false);
            sender.join();
            traffic.send(40);
            traffic.assertEverythingArrivedOnce(PATIENCE);
        }
    }

    @Test
    void redisThatCrashesAndComesBackLosesNothing() {
        Traffic traffic = new Traffic(storm, 4);
        storm.startWorker();
        traffic.send(60);
        stores.redis().kill();
        stores.redis().start();
        traffic.send(60);
        traffic.assertEverythingArrivedOnce(PATIENCE);
    }

    @Test
    void databaseThatIsAwayBurnsNoAttempt() {
        Traffic traffic = new Traffic(storm, 4);
        storm.startWorker();
        traffic.send(20);
        traffic.assertEverythingArrivedOnce(PATIENCE);
        stores.mongo().stop();
        traffic.send(100);
        await().during(AWAY).atMost(AWAY.plusSeconds(5)).until(() -> !storm.redis.exists("storm:q:{0}:dead"));
        stores.mongo().start();
        traffic.assertEverythingArrivedOnce(PATIENCE);
    }

    private void awaitWorkers(int count) {
        await().atMost(PATIENCE).until(() -> liveWorkers() == count);
    }

    private int liveWorkers() {
        return new WorkerHeartbeats(storm.redis, TestInstallation.CLOCK).live().size();
    }
}
