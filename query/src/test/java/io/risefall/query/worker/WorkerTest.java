package io.risefall.query.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker begins again after each failure, ends in its time, and never unseen. */
@Timeout(60)
class WorkerTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Backoff SOON = new Backoff(Duration.ofMillis(1), Duration.ofMillis(8));

    @Test
    void whatFailsIsBegunAgainAndCounted() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        try (Worker worker = new Worker("test", "fails", SOON, LONG, self -> {
            third.countDown();
            if (begun.incrementAndGet() <= 2) {
                throw new IllegalStateException("no " + begun.get());
            }
            self.pause(LONG);
        })) {
            worker.start();
            third.await();
            assertThat(worker.failures()).isEqualTo(2);
            assertThat(worker.ended()).isNotDone();
        }
        assertThat(begun).hasValue(3);
    }

    @Test
    void anInterruptThatIsNotOfCloseIsAFailureLikeOthers() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(2);
        try (Worker worker = new Worker("test", "is interrupted", SOON, LONG, self -> {
            second.countDown();
            if (begun.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
            }
            self.pause(LONG);
        })) {
            worker.start();
            second.await();
            assertThat(worker.failures()).isEqualTo(1);
        }
    }

    @Test
    void anErrorEndsItAndSaysWhatIsNotDoneAnyMore() {
        AtomicInteger begun = new AtomicInteger();
        try (Worker worker = new Worker("alert-engine", "works out alerts", SOON, LONG, self -> {
            begun.incrementAndGet();
            throw new NoClassDefFoundError("io/risefall/Gone");
        })) {
            worker.start();
            assertThatThrownBy(() -> worker.ended().get())
                    .cause()
                    .isInstanceOf(EndedWorkerException.class)
                    .hasMessage("the thread that works out alerts (alert-engine) ended:"
                            + " java.lang.NoClassDefFoundError: io/risefall/Gone");
        }
        assertThat(begun).hasValue(1);
    }

    @Test
    void itIsWokenAlsoWhereItRestsOnlyLater() throws Exception {
        CountDownLatch woken = new CountDownLatch(2);
        CountDownLatch resting = new CountDownLatch(1);
        try (Worker worker = new Worker("test", "rests", SOON, LONG, self -> {
            while (!self.rest(LONG)) {
                woken.countDown();
                resting.countDown();
            }
        })) {
            worker.wake();
            worker.start();
            resting.await();
            worker.wake();
            woken.await();
        }
    }

    @Test
    void closeWaitsForWhatIsUnderWay() throws Exception {
        List<String> done = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        Worker worker = new Worker("test", "ends", SOON, LONG, self -> {
            begun.countDown();
            self.pause(LONG);
            done.add("the last of it");
        });
        worker.start();
        begun.await();
        worker.close();
        assertThat(done).containsExactly("the last of it");
        assertThat(worker.failures()).isZero();
    }

    @Test
    void whatTakesTooLongIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Worker worker = new Worker("test", "waits for others", SOON, Duration.ZERO, self -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        });
        worker.start();
        begun.await();
        worker.close();
        assertThat(interrupted.getCount()).isZero();
        assertThat(worker.failures()).isZero();
        assertThat(worker.ended()).isNotDone();
    }

    @Test
    void pausesGrowUpToTheLongest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        assertThat(backoff.after(4)).isBetween(Duration.ofMillis(6400), Duration.ofMillis(9600));
        assertThat(backoff.after(1000)).isEqualTo(Duration.ofSeconds(60));
        assertThat(backoff.after(1, Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
        assertThat(backoff.after(1, Duration.ofHours(9))).isEqualTo(Duration.ofSeconds(60));
    }
}
