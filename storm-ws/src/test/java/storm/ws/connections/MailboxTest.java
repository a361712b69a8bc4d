package storm.ws.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void itemsAreHandledInOrderOneAtATime() {
        AtomicInteger atOnce = new AtomicInteger();
        Mailbox<Integer> mailbox = new Mailbox<>("test", 10_000, 10_000, item -> {
            assertThat(atOnce.incrementAndGet()).isEqualTo(1);
            handled.add(item);
            atOnce.decrementAndGet();
        });

        for (int i = 0; i < 5_000; i++) {
            assertThat(mailbox.offer(i, 1)).isTrue();
        }

        await().untilAsserted(() -> assertThat(handled)
                .containsExactlyElementsOf(IntStream.range(0, 5_000).boxed().toList()));
    }

    @Test
    void moreThanTheBoundIsRefused() {
        Mailbox<Integer> mailbox = new Mailbox<>("test", 3, 100, _ -> gate.await());
        mailbox.offer(0, 1);
        await().until(() -> mailbox.size() == 0);

        assertThat(IntStream.range(0, 5).mapToObj(i -> mailbox.offer(i, 1)))
                .containsExactly(true, true, true, false, false);
        gate.countDown();
        await().until(() -> mailbox.size() == 0);
        assertThat(mailbox.offer(9, 1)).isTrue();
    }

    @Test
    void weightIsBoundedToo() {
        Mailbox<Integer> mailbox = new Mailbox<>("test", 100, 10, _ -> gate.await());
        mailbox.hold();

        assertThat(mailbox.offer(1, 6)).isTrue();
        assertThat(mailbox.offer(2, 4)).isTrue();
        assertThat(mailbox.offer(3, 1)).isFalse();
    }

    @Test
    void whatWaitsWhileHeldComesAfterTheFirst() {
        Mailbox<Integer> mailbox = new Mailbox<>("test", 10, 100, handled::add);
        mailbox.hold();
        mailbox.offer(2, 1);
        mailbox.offer(3, 1);
        assertThat(handled).isEmpty();

        mailbox.release(1, 1);

        await().untilAsserted(() -> assertThat(handled).containsExactly(1, 2, 3));
    }

    @Test
    void afterTheLastNothingIsTaken() {
        Mailbox<Integer> mailbox = new Mailbox<>("test", 2, 2, handled::add);
        mailbox.hold();
        mailbox.offer(1, 1);
        mailbox.offer(2, 1);

        assertThat(mailbox.offerLast(3)).isTrue();

        assertThat(mailbox.offer(4, 0)).isFalse();
        assertThat(mailbox.offerLast(5)).isFalse();
        await().untilAsserted(() -> assertThat(handled).containsExactly(1, 2, 3));
    }

    @Test
    void closingInterruptsTheItemAtWorkAndDropsTheRest() {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Mailbox<Integer> mailbox = new Mailbox<>("test", 10, 10, item -> {
            begun.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            handled.add(item);
        });
        mailbox.offer(1, 1);
        mailbox.offer(2, 1);
        await().until(() -> begun.getCount() == 0);

        mailbox.close();

        await().until(() -> interrupted.getCount() == 0);
        assertThat(mailbox.offer(3, 1)).isFalse();
        assertThat(handled).isEmpty();
    }

    @Test
    void anItemThatFailsDoesNotStopTheNext() {
        Mailbox<Integer> mailbox = new Mailbox<>("test", 10, 10, item -> {
            if (item == 1) {
                throw new IllegalStateException("one");
            }
            handled.add(item);
        });

        mailbox.offer(1, 1);
        mailbox.offer(2, 1);

        await().untilAsserted(() -> assertThat(handled).containsExactly(2));
    }

    @Test
    void whoWaitsForRoomGoesOnWhenThereIsSome() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>("test", 4, 100, _ -> gate.await());
        mailbox.offer(0, 1);
        await().until(() -> mailbox.size() == 0);
        for (int i = 1; i <= 4; i++) {
            mailbox.offer(i, 1);
        }
        assertThat(mailbox.awaitRoom(10, 0)).isFalse();

        gate.countDown();

        assertThat(mailbox.awaitRoom(5_000, 0)).isTrue();
        mailbox.close();
        assertThat(mailbox.awaitRoom(5_000, 0)).isFalse();
    }
}
