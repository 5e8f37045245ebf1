package io.risefall.query.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.risefall.query.http.HttpCounts;
import io.risefall.query.leader.Leadership;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.facts.SealingCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the warehouse knows, and how this process does, in Prometheus' text format. Thread-safe. */
public final class Metrics {
    /** Of the answer. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final Supplier<Connection> warehouse;
    private final int restarts;
    private final ServiceTimes times = new ServiceTimes();
    private volatile @Nullable Supplier<ReadingState> reading;
    private volatile @Nullable Supplier<Map<String, Boolean>> readiness;
    private volatile @Nullable Supplier<NotificationCounts> notifications;
    private volatile @Nullable Leadership leadership;
    private volatile @Nullable Supplier<SealingCounts> sealing;
    private volatile @Nullable DataMetrics data;
    private volatile @Nullable HttpCounts http;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /**
     * @param warehouse opens a connection, which is closed after each scrape
     * @param restarts how often the process that answers queries was started again
     */
    public Metrics(Supplier<Connection> warehouse, int restarts) {
        this.warehouse = warehouse;
        this.restarts = restarts;
    }

    /** From now on tells how the reading of Kafka goes as well. */
    public void addReading(Supplier<ReadingState> state) {
        reading = state;
    }

    /** From now on tells what {@code /readyz} says as well. */
    public void addReadiness(Supplier<Map<String, Boolean>> checks) {
        readiness = checks;
    }

    /** From now on tells of days that are written as files as well. */
    public void addSealing(Supplier<SealingCounts> counts) {
        sealing = counts;
    }

    /** From now on tells how people and programs are told as well. */
    public void addNotifications(Supplier<NotificationCounts> counts) {
        notifications = counts;
    }

    /** From now on tells whether this process leads as well. */
    public void addLeadership(Leadership of) {
        leadership = of;
    }

    /**
     * From now on tells of the data directory as well.
     *
     * @param file the warehouse
     */
    public void addData(Path folder, Path file) {
        data = new DataMetrics(folder, file);
    }

    /** From now on tells of clients as well. */
    public void addHttp(HttpCounts counts) {
        http = counts;
    }

    /** Takes the times of what this process does. */
    public ServiceTimes times() {
        return times;
    }

    /** Writes all families as they are now, in one view of the data. */
    public void write(OutputStream out) throws IOException, SQLException {
        List<MetricSnapshot> families = new ArrayList<>();
        try (Connection views = warehouse.get()) {
            views.setAutoCommit(false);
            SqlFiles.run(views, "metrics/scraped_servers.sql");
            for (Family family : Family.values()) {
                families.add(family.snapshot(views));
            }
            views.rollback();
        }
        families.add(OneSeries.counter(
                "risefall_query_restarts",
                "How often the query process was restarted since Risefall started",
                restarts));
        Supplier<ReadingState> state = reading;
        if (state != null) {
            families.addAll(ReadingMetrics.of(state.get()));
        }
        Supplier<Map<String, Boolean>> checks = readiness;
        if (checks != null) {
            families.add(ReadinessMetrics.of(checks.get()));
        }
        Supplier<NotificationCounts> told = notifications;
        if (told != null) {
            families.addAll(NotificationMetrics.of(told.get()));
        }
        Leadership leading = leadership;
        if (leading != null) {
            families.addAll(LeadershipMetrics.of(leading));
        }
        Supplier<SealingCounts> sealed = sealing;
        if (sealed != null) {
            families.addAll(SealingMetrics.of(sealed.get()));
        }
        DataMetrics directory = data;
        if (directory != null) {
            directory.snapshots().forEach(families::add);
        }
        HttpCounts clients = http;
        if (clients != null) {
            families.addAll(HttpMetrics.of(clients));
        }
        times.snapshots().forEach(families::add);
        writer.write(out, new MetricSnapshots(families), EscapingScheme.UNDERSCORE_ESCAPING);
    }
}
