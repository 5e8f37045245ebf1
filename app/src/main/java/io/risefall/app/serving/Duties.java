package io.risefall.app.serving;

import io.risefall.app.process.Lifecycle;
import io.risefall.query.alert.delivery.Delivery;
import io.risefall.query.alert.delivery.StoredOutbox;
import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.watch.AlertEngine;
import io.risefall.query.metrics.NotificationCounts;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.schedule.ReportSchedule;
import io.risefall.query.schedule.StoredReports;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What tells people: alerts, their messages, and reports that are due. Begun by one thread, each time after the last was ended. */
final class Duties {
    private final Warehouse warehouse;
    private final WarehouseWriter writer;
    private final NotificationConfig notifications;
    private final ZoneId zone;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable Running running;

    /** @param zone of times in messages */
    Duties(Warehouse warehouse, WarehouseWriter writer, NotificationConfig notifications, ZoneId zone) {
        this.warehouse = warehouse;
        this.writer = writer;
        this.notifications = notifications;
        this.zone = zone;
    }

    private record Running(AlertEngine engine, Delivery delivery, ReportSchedule schedule) {
        NotificationCounts counts() {
            return new NotificationCounts(
                    delivery.acknowledged(),
                    delivery.failed(),
                    delivery.failures(),
                    engine.failures(),
                    schedule.failures());
        }
    }

    /** Only works out alerts, and tells nobody: an import ends soon, and has nothing to tell of now. */
    AlertEngine engine(AlertLog log) {
        return new AlertEngine(
                warehouse::read,
                writer::state,
                writer::positions,
                notifications.alerts().settings(),
                new StoredOutbox(),
                log,
                zone,
                Clock.systemUTC());
    }

    /**
     * Begins with all of it.
     *
     * @return ends it
     */
    Runnable begin(AlertLog log) {
        Lifecycle parts = new Lifecycle();
        parts.failed().whenComplete((nothing, failure) -> ended.completeExceptionally(failure));
        AlertEngine engine = parts.add(engine(log));
        parts.watch(engine.ended());
        engine.start();
        Delivery delivery = parts.add(new Delivery(warehouse::read, notifications.alerts(), log, Clock.systemUTC()));
        parts.watch(delivery.ended());
        delivery.start();
        ReportSchedule schedule = parts.add(new ReportSchedule(
                notifications.schedule(),
                warehouse::read,
                new StoredReports(notifications.alerts(), Clock.systemUTC()),
                log,
                notifications.alerts().publicUrl(),
                writer::state,
                Clock.systemUTC()));
        parts.watch(schedule.ended());
        schedule.start();
        running = new Running(engine, delivery, schedule);
        return parts::close;
    }

    /** Completes exceptionally when an error has ended a part of it, whenever that was begun. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Since it was begun last. Any thread. */
    NotificationCounts counts() {
        Running now = running;
        return now == null ? new NotificationCounts(Map.of(), Map.of(), 0, 0, 0) : now.counts();
    }
}
