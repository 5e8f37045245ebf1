package io.risefall.query.leader;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.leader.Role.State;
import io.risefall.query.worker.Backoff;
import io.risefall.query.worker.Worker;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** What it leads ends first. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final KafkaAddress kafka;
    private final String name;
    private final Supplier<Connection> warehouse;
    private final Duty duty;
    private final AtomicLong takeovers = new AtomicLong();
    private final Worker worker = new Worker("leadership", "leads or stands by", AFTER_FAILURE, GRACE, this::takePart);
    private final ForeignRecords foreign = new ForeignRecords();
    private volatile Role role = new Role(State.STARTING, null, null, List.of());
    private List<String> findings = List.of();

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
    }

    public void start() {
        worker.start();
    }

    /** Any thread. */
    public Role role() {
        return role;
    }

    /** How often it has begun to lead. Any thread. */
    public long takeovers() {
        return takeovers.get();
    }

    /** How often it could neither lead nor stand by, and tried again. Any thread. */
    public long failures() {
        return worker.failures();
    }

    /** How many records of the leader's topic were skipped, because no leader has written them. Any thread. */
    public long foreignRecords() {
        return foreign.count();
    }

    /** Completes exceptionally when this takes no part any more, because of an error. Any thread. */
    public CompletableFuture<Void> ended() {
        return worker.ended();
    }

    /** Until this is closed, or leads no more. */
    private void takePart(Worker self) throws Exception {
        try {
            leadOrStandBy();
        } catch (Exception e) {
            if (!self.isClosing()) {
                role = role(State.STARTING, role.leader(), KafkaTrouble.reason(e));
            }
            throw e;
        }
    }

    private void leadOrStandBy() throws Exception {
        found(ServeChangelog.prepare(kafka, ANSWER));
        try (Connection connection = warehouse.get();
                LogReplay replay = new LogReplay(kafka, connection, foreign);
                Election election = new Election(kafka)) {
            while (!worker.isClosing()) {
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

    private void found(List<String> wrong) {
        String topic = kafka.names().serveChangelog().topic();
        List<String> words =
                wrong.stream().map(finding -> topic + ": " + finding).toList();
        if (!words.equals(findings)) {
            words.forEach(LOG::warn);
        }
        findings = words;
    }

    private Role role(State state, @Nullable String leader, @Nullable String problem) {
        List<String> remarks = new ArrayList<>(findings);
        foreign.words()
                .map(words -> kafka.names().serveChangelog().topic() + ": " + words)
                .ifPresent(remarks::add);
        return new Role(state, leader, problem, remarks);
    }

    private void standBy(@Nullable String leader) {
        if (role.state() != State.STAND_BY) {
            LOG.info("this serve stands by");
        }
        role = role(State.STAND_BY, leader, null);
    }

    private void lead(LogReplay replay, Election election, Connection connection) throws Exception {
        try (LeaderLog log = new LeaderLog(kafka, name)) {
            replay.readToEnd();
            Set<String> missing = new HashSet<>(replay.unread());
            if (replay.isEmpty()) {
                missing.addAll(ToldRows.keys(connection));
            }
            log.publish(connection, missing);
            log.confirm();
            Runnable end = duty.begin(log);
            try {
                LOG.warn("this serve leads from now on: it sends alerts and reports");
                takeovers.incrementAndGet();
                role = role(State.LEADER, name, null);
                boolean leads = true;
                while (leads && !worker.isClosing() && !log.isLost()) {
                    leads = election.leads(TURN);
                }
            } finally {
                role = role(State.STARTING, null, null);
                end.run();
            }
            LOG.warn("this serve leads no more");
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}
