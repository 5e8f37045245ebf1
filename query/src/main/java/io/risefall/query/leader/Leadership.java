package io.risefall.query.leader;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.leader.Role.State;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has this {@code serve} lead or stand by, and does so again after every failure. A stand-by's warehouse has what the leader has told; when
 * it leads, it goes on from there. Its own thread from {@link #start} to {@link #close}, once each.
 */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private static final Duration TURN = Duration.ofMillis(300);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(15);

    private final KafkaAddress kafka;
    private final String name;
    private final Supplier<Connection> warehouse;
    private final Duty duty;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong takeovers = new AtomicLong();
    private final Thread thread = new Thread(this::run, "leadership");
    private volatile Role role = new Role(State.STARTING, null, null);

    /** What the leader does, and nobody else. */
    public interface Duty {
        /**
         * Begins with it.
         *
         * @param log by which all that is told is stored
         * @return ends it
         */
        Runnable begin(AlertLog log);
    }

    /**
     * @param name what the others call this one
     * @param warehouse opens a connection that may write, which is closed at the end
     */
    public Leadership(KafkaAddress kafka, String name, Supplier<Connection> warehouse, Duty duty) {
        this.kafka = kafka;
        this.name = name;
        this.warehouse = warehouse;
        this.duty = duty;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Any thread. */
    public Role role() {
        return role;
    }

    /** How often it has begun to lead. Any thread. */
    public long takeovers() {
        return takeovers.get();
    }

    private void run() {
        while (!isClosing()) {
            try {
                takePart();
            } catch (ExecutionException | TimeoutException | SQLException | KafkaException e) {
                failed(KafkaTrouble.reason(e), e);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                failed(String.valueOf(e.getMessage()), e);
            }
            pause();
        }
    }

    private void failed(String why, Exception e) {
        if (isClosing()) {
            return;
        }
        // Once for each reason, however often it is tried.
        if (!why.equals(role.problem())) {
            LOG.warn("this serve can neither lead nor stand by, and tries again: {}", why);
        }
        LOG.debug("no part is taken", e);
        role = new Role(State.STARTING, role.leader(), why);
    }

    /** Until this is closed, or leads no more. */
    private void takePart() throws Exception {
        ServeChangelog.createIfMissing(kafka, ANSWER);
        try (Connection connection = warehouse.get();
                LogReplay replay = new LogReplay(kafka, connection);
                Election election = new Election(kafka)) {
            while (!isClosing()) {
                replay.step(TURN);
                if (replay.isCurrent()) {
                    standBy(replay.leader());
                }
                if (election.leads(TURN)) {
                    lead(replay, election, connection);
                    return;
                }
            }
        }
    }

    private void standBy(@Nullable String leader) {
        if (role.state() != State.STAND_BY) {
            LOG.info("this serve stands by");
        }
        role = new Role(State.STAND_BY, leader, null);
    }

    private void lead(LogReplay replay, Election election, Connection connection) throws Exception {
        try (LeaderLog log = new LeaderLog(kafka, name)) {
            replay.readToEnd();
            if (replay.isEmpty()) {
                log.publish(connection, ToldRows.keys(connection));
            }
            log.confirm();
            Runnable end = duty.begin(log);
            try {
                LOG.warn("this serve leads from now on: it sends alerts and reports");
                takeovers.incrementAndGet();
                role = new Role(State.LEADER, name, null);
                boolean leads = true;
                while (leads && !isClosing() && !log.isLost()) {
                    leads = election.leads(TURN);
                }
            } finally {
                role = new Role(State.STARTING, null, null);
                end.run();
            }
            LOG.warn("this serve leads no more");
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
