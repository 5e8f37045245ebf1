package io.risefall.app.truth.compare;

import io.risefall.query.report.cause.CauseInputs;
import io.risefall.query.report.cause.Causes;
import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.warehouse.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * An outage and the cause that is named for it.
 *
 * @param server {@code PROXY/SERVER}
 * @param started epoch seconds
 * @param reason HAProxy's short code; empty where no line has one
 */
public record NamedOutage(String node, String server, double started, String reason, String cause, String confidence) {
    private static final SqlQuery OUTAGES = new SqlQuery("report/outages.sql");

    /** All outages of a warehouse, as reports and {@code diagnose} name their causes. */
    public static List<NamedOutage> all(Warehouse warehouse) throws SQLException {
        try (Connection views = warehouse.read()) {
            return OUTAGES.query(views, NamedOutage::read, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
        }
    }

    private static NamedOutage read(SqlQuery.Row row) throws SQLException {
        Diagnosis diagnosis = Causes.of(CauseInputs.of(row));
        return new NamedOutage(
                row.text("node"),
                row.text("proxy") + "/" + row.text("server"),
                row.number("started_us") / 1e6,
                row.text("reason"),
                diagnosis.cause().name(),
                diagnosis.confidence().name());
    }
}
