package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.Channel;
import io.risefall.query.alert.channel.Outgoing;
import io.risefall.query.alert.delivery.Couriers.Result;
import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.route.NotificationState;
import io.risefall.query.worker.Backoff;
import io.risefall.query.worker.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is stored, at least once: what was sent and not recorded, as after a crash, is sent again with the same id. Messages of
 * one alert come to a channel in their order. Its own thread from {@link #start} to {@link #close}, once each.
 */
public final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1));
    /** Of a receiver that does not acknowledge. */
    private static final Backoff NOT_ACKNOWLEDGED = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(15));

    /** How often a receiver that forgets is told again: it may have been restarted. */
    private static final Duration TELL_AGAIN = Duration.ofMinutes(5);

    private final Supplier<Connection> warehouse;
    private final AlertConfig config;
    private final AlertLog log;
    private final Clock clock;
    private final OpenChannels channels;
    private final Couriers couriers = new Couriers();
    private final Worker worker =
            new Worker("alert-delivery", "sends alerts and reports", AFTER_FAILURE, Duration.ZERO, this::run);
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Long> failed = new ConcurrentHashMap<>();
    /** Sent, and not recorded yet. */
    private final List<Result> results = new ArrayList<>();

    /**
     * @param warehouse opens a connection that may write, which is closed at the end
     * @param log by which what becomes of messages is stored, and which is asked before any is sent
     */
    public Delivery(Supplier<Connection> warehouse, AlertConfig config, AlertLog log, Clock clock) {
        this.warehouse = warehouse;
        this.config = config;
        this.log = log;
        this.clock = clock;
        channels = new OpenChannels(config, clock);
        for (String channel : channels.names()) {
            acknowledged.put(channel, 0L);
            failed.put(channel, 0L);
        }
    }

    /** By channel, how often a message was taken since the start. */
    public Map<String, Long> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** By channel, how often a message was not taken since the start. */
    public Map<String, Long> failed() {
        return Map.copyOf(failed);
    }

    /** How often it had to begin anew. Any thread. */
    public long failures() {
        return worker.failures();
    }

    /** Completes exceptionally when nothing is sent any more, because of an error. Any thread. */
    public CompletableFuture<Void> ended() {
        return worker.ended();
    }

    public void start() {
        worker.start();
    }

    private void run(Worker self) throws SQLException, InterruptedException {
        try (Connection connection = warehouse.get()) {
            deliver(self, new NotificationStore(connection, log));
        }
    }

    private void deliver(Worker self, NotificationStore store) throws SQLException, InterruptedException {
        Dispatch dispatch = new Dispatch(store, config, channels);
        while (!self.isClosing()) {
            record(store);
            Instant now = clock.instant();
            dispatch.step(now);
            sendDue(store, now);
            for (Result next = couriers.next(LOOK_EVERY); next != null; next = couriers.next(Duration.ZERO)) {
                results.add(next);
            }
        }
    }

    /** Kept until it is recorded: otherwise it would be sent again. */
    private void record(NotificationStore store) throws SQLException {
        if (results.isEmpty()) {
            return;
        }
        store.inTransaction(() -> {
            for (Result result : results) {
                record(store, result, clock.instant());
            }
        });
        for (Result result : results) {
            couriers.done(result.row());
            (result.answer() == null ? failed : acknowledged).merge(result.row().channel(), 1L, Long::sum);
        }
        results.clear();
    }

    private void record(NotificationStore store, Result result, Instant now) throws SQLException {
        WaitingNotification row = result.row();
        String id = row.deliveryId();
        int attempts = row.attempts() + 1;
        if (result.answer() != null) {
            Instant again = channels.forgets(row.channel()) && !row.closes() ? now.plus(TELL_AGAIN) : null;
            store.sent(id, row.channel(), attempts, now, result.answer(), again);
            store.endRepeats(row.alertId(), row.channel(), row.sequence());
            return;
        }
        String error = String.valueOf(result.error());
        boolean tooOld = !row.again() && row.at().plus(config.giveUpAfter()).isBefore(now);
        Instant next = now.plus(NOT_ACKNOWLEDGED.after(attempts, result.retryAfter()));
        store.failed(id, row.channel(), attempts, error, next);
        if (tooOld) {
            LOG.warn("message {} to channel {} is given up after {} attempts: {}", id, row.channel(), attempts, error);
            store.finish(id, row.channel(), NotificationState.GIVEN_UP, "tried for " + config.giveUpAfter());
        } else if (attempts == 1) {
            LOG.warn("message {} did not reach channel {}, trying again: {}", id, row.channel(), error);
        }
    }

    private void sendDue(NotificationStore store, Instant now) throws SQLException {
        Map<String, List<WaitingNotification>> byAlert = new LinkedHashMap<>();
        for (WaitingNotification row : store.waiting(now)) {
            byAlert.computeIfAbsent(row.channel() + "\n" + row.alertId(), any -> new ArrayList<>())
                    .add(row);
        }
        boolean confirmed = false;
        for (List<WaitingNotification> alert : byAlert.values()) {
            if (couriers.isUnderway(alert.get(0))) {
                continue;
            }
            WaitingNotification row = overtaken(store, alert);
            if (!row.due().isAfter(now) && couriers.isFree(row)) {
                if (!confirmed) {
                    log.confirm();
                    confirmed = true;
                }
                send(store, row);
            }
        }
    }

    /** Of what waits, only the first and the last are told: what lies between is old when it comes. */
    private static WaitingNotification overtaken(NotificationStore store, List<WaitingNotification> alert)
            throws SQLException {
        if (alert.size() > 2) {
            store.inTransaction(() -> {
                for (WaitingNotification row : alert.subList(1, alert.size() - 1)) {
                    store.finish(
                            row.deliveryId(), row.channel(), NotificationState.FOLDED, "a later message says it too");
                }
            });
        }
        return alert.get(0);
    }

    private void send(NotificationStore store, WaitingNotification row) throws SQLException {
        Optional<Channel> channel = channels.find(row.channel());
        Optional<String> message = store.message(row.deliveryId(), row.channel());
        if (channel.isEmpty() || message.isEmpty()) {
            store.inTransaction(() -> store.finish(
                    row.deliveryId(),
                    row.channel(),
                    NotificationState.GIVEN_UP,
                    "channel " + row.channel() + " is not configured any more"));
            return;
        }
        Outgoing outgoing = OutgoingJson.outgoing(message.get());
        couriers.send(row, channel.get(), outgoing);
    }

    @Override
    public void close() {
        worker.close();
        couriers.close();
    }
}
