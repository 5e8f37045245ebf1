package io.risefall.query.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the warehouse knows, in Prometheus' text format. Thread-safe. */
public final class Metrics {
    /** Of the answer. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final Supplier<Connection> warehouse;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** @param warehouse opens a connection, which is closed after each scrape */
    public Metrics(Supplier<Connection> warehouse) {
        this.warehouse = warehouse;
    }

    /** Writes all families as they are now, in one view of the data. */
    public void write(OutputStream out) throws IOException, SQLException {
        List<MetricSnapshot> families = new ArrayList<>();
        try (Connection views = warehouse.get()) {
            views.setAutoCommit(false);
            for (Family family : Family.values()) {
                families.add(family.snapshot(views));
            }
            views.rollback();
        }
        writer.write(out, new MetricSnapshots(families), EscapingScheme.UNDERSCORE_ESCAPING);
    }
}
