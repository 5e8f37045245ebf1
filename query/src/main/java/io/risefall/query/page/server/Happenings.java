package io.risefall.query.page.server;

import io.risefall.query.page.PageRange;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What befell one server, or the servers of one backend, in a stretch of time; of each kind the latest. */
public record Happenings(List<Outage> outages, List<Reason> reasons, List<NearMiss> nearMisses, List<Done> changes) {
    /** So many of each kind. */
    public static final int MOST = 200;

    private static final SqlQuery OUTAGES = new SqlQuery("page/server/outages.sql");
    private static final SqlQuery REASONS = new SqlQuery("page/server/reasons.sql");
    private static final SqlQuery NEAR_MISSES = new SqlQuery("page/server/near_misses.sql");
    private static final SqlQuery CHANGES = new SqlQuery("page/server/changes.sql");

    /** A row of the view {@code outages}. */
    public record Outage(
            String id,
            String node,
            String server,
            Instant startedAt,
            @Nullable Instant endedAt,
            long durationMs,
            @Nullable String reason,
            @Nullable Integer code,
            @Nullable String info,
            boolean certain,
            boolean role) {
        static Outage of(SqlQuery.Row row) throws SQLException {
            return new Outage(
                    row.text("outage_id"),
                    row.text("node"),
                    row.text("server"),
                    row.at("started_us"),
                    row.atOrNull("ended_us"),
                    row.number("duration_ms"),
                    row.textOrNull("reason"),
                    row.intOrNull("code"),
                    row.textOrNull("info"),
                    row.flag("certain"),
                    row.flag("role"));
        }
    }

    /** Failed checks of one reason and code. */
    public record Reason(
            String reason,
            @Nullable Integer code,
            long failures,
            long downs,
            @Nullable Long slowestMs) {
        static Reason of(SqlQuery.Row row) throws SQLException {
            return new Reason(
                    row.text("reason"),
                    row.intOrNull("code"),
                    row.number("failures"),
                    row.number("downs"),
                    row.numberOrNull("slowest_ms"));
        }
    }

    /** A row of the view {@code near_misses}. */
    public record NearMiss(
            String node,
            String server,
            Instant at,
            @Nullable Instant recoveredAt,
            int lowest,
            int threshold,
            @Nullable String reason,
            @Nullable Integer code,
            @Nullable String outageId) {
        static NearMiss of(SqlQuery.Row row) throws SQLException {
            return new NearMiss(
                    row.text("node"),
                    row.text("server"),
                    row.at("at_us"),
                    row.atOrNull("recovered_us"),
                    row.count("lowest"),
                    row.count("threshold"),
                    row.textOrNull("reason"),
                    row.intOrNull("code"),
                    row.textOrNull("outage_id"));
        }
    }

    /** A row of the view {@code changes}. */
    public record Done(
            Instant at,
            @Nullable String node,
            String kind,
            @Nullable String subject,
            String what) {
        static Done of(SqlQuery.Row row) throws SQLException {
            return new Done(
                    row.at("at_us"),
                    row.textOrNull("node"),
                    row.text("kind"),
                    row.textOrNull("subject"),
                    row.text("what"));
        }
    }

    /** @param server null: all of the backend */
    static Happenings read(Connection views, String proxy, @Nullable String server, PageRange range)
            throws SQLException {
        return new Happenings(
                OUTAGES.query(views, Outage::of, proxy, server, range.from(), range.to(), MOST),
                REASONS.query(views, Reason::of, proxy, server, range.from(), range.to()),
                NEAR_MISSES.query(views, NearMiss::of, range.from(), range.to(), proxy, server, MOST),
                CHANGES.query(views, Done::of, proxy, server, range.from(), range.to(), MOST));
    }
}
