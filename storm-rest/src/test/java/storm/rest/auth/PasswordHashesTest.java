package storm.rest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.password4j.BcryptFunction;
import com.password4j.Password;
import com.password4j.types.Bcrypt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

class PasswordHashesTest {
    private static final String PASSWORD = "Correct-horse-7";

    private final PasswordHashes hashes = new PasswordHashes(2);

    private boolean matches(String password, String hash) {
        return hashes.bounded(() -> hashes.matches(password, hash));
    }

    @Test
    void hashesAreArgon2idWithASaltEach() {
        String hash = hashes.hash(PASSWORD);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(hashes.hash(PASSWORD));
        assertThat(matches(PASSWORD, hash)).isTrue();
        assertThat(matches(PASSWORD + " ", hash)).isFalse();
        assertThat(hashes.isOutdated(hash)).isFalse();
    }

    @Test
    void bcryptHashesOfTheOriginalMatchAndAreOutdated() {
        for (Bcrypt kind : List.of(Bcrypt.A, Bcrypt.B, Bcrypt.Y)) {
            String hash = Password.hash(PASSWORD)
                    .with(BcryptFunction.getInstance(kind, 10))
                    .getResult();
            assertThat(matches(PASSWORD, hash)).as(hash).isTrue();
            assertThat(matches("Wrong-horse-7", hash)).isFalse();
            assertThat(hashes.isOutdated(hash)).isTrue();
        }
    }

    @Test
    void weakerArgon2IsOutdated() {
        assertThat(hashes.isOutdated("$argon2id$v=19$m=4096,t=1,p=1$c2FsdA$aGFzaA"))
                .isTrue();
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        for (String hash : List.of("", "nonsense", "$argon2id$v=19$broken", "$2b$10$short", "$1$md5")) {
            assertThat(matches(PASSWORD, hash)).as(hash).isFalse();
        }
    }

    @Test
    void nobodysPasswordTakesAsLongAsSomebodys() {
        String hash = hashes.hash(PASSWORD);
        hashes.bounded(() -> hashes.matches("warm up", hash));
        List<Long> somebody = new ArrayList<>();
        List<Long> nobody = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            somebody.add(nanos(() -> hashes.matches("Wrong-horse-7", hash)));
            nobody.add(nanos(() -> hashes.matchNobody("Wrong-horse-7")));
        }
        assertThat((double) median(somebody) / median(nobody)).isBetween(0.4, 2.5);
    }

    private static long nanos(Runnable task) {
        long start = System.nanoTime();
        task.run();
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    @Test
    void fewRunAtATimeTheOthersWaitAndTooManyAreRefused() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        int callers = 100;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> {
                    try {
                        hashes.bounded(() -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            await(go);
                            return running.decrementAndGet();
                        });
                    } catch (StormException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
                        assertThat(e.retryAfter()).contains(Duration.ofSeconds(2));
                        refused.incrementAndGet();
                    }
                }));
            }
            org.awaitility.Awaitility.await().until(() -> refused.get() >= callers - 64);
            go.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(most.get()).isLessThanOrEqualTo(2);
        assertThat(refused.get()).isEqualTo(callers - 64);
        // Who was refused left no trace.
        assertThat(hashes.bounded(() -> "free")).isEqualTo("free");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCheckThatFailsFreesItsPlace() {
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> hashes.bounded(() -> {
                        throw new IllegalStateException("on purpose");
                    }));
        }
        assertThat(hashes.bounded(() -> 1)).isEqualTo(1);
    }
}
