package io.risefall.query.explain.line;

import io.risefall.query.sql.SqlQuery;
import io.risefall.schemas.key.Keys;
import io.risefall.schemas.key.ServerName;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An outage as the view has it, with all that its lines are held against.
 *
 * @param until when it ended; of an open one, until when the log tells
 */
public record OutageRow(
        String id,
        String node,
        String proxy,
        String server,
        boolean backup,
        Instant started,
        @Nullable Instant ended,
        Instant until,
        long durationMs,
        @Nullable String endedBy,
        @Nullable String reason,
        @Nullable String reasonText,
        @Nullable Integer code,
        @Nullable String info,
        @Nullable String via,
        boolean agent,
        boolean joined,
        @Nullable Instant firstFailure,
        @Nullable Instant firstSuccess,
        boolean backendEmptied,
        boolean certain) {

    public static OutageRow read(SqlQuery.Row row) throws SQLException {
        return new OutageRow(
                row.text("outage_id"),
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                row.flag("backup"),
                row.at("started_us"),
                row.atOrNull("ended_us"),
                row.at("until_us"),
                row.number("duration_ms"),
                row.textOrNull("ended_by"),
                row.textOrNull("reason"),
                row.textOrNull("reason_text"),
                row.intOrNull("code"),
                row.textOrNull("info"),
                row.textOrNull("via"),
                row.flag("agent"),
                row.flag("joined"),
                row.atOrNull("first_failure_us"),
                row.atOrNull("first_success_us"),
                row.flag("backend_emptied"),
                row.flag("certain"));
    }

    /** {@code proxy/server}. */
    public String name() {
        return proxy + "/" + server;
    }

    /** When the fall that led to it began: of a tracked server's outage, that is another server's. */
    Instant begin() {
        return via == null && firstFailure != null && firstFailure.isBefore(started) ? firstFailure : started;
    }

    /** {@code L7STS 503 “Service Unavailable”}. */
    @Override
    public String reasonText() {
        if (reason == null) {
            return reasonText == null ? "no reason logged" : reasonText;
        }
        return reason
                + (code == null || code == 0 ? "" : " " + code)
                + (info == null || info.isEmpty() ? "" : " “" + info + "”");
    }

    /** Of its record. */
    public String recordKey() {
        return Keys.of(node, new ServerName(proxy, server), "outage", started);
    }

    /** Where to look for what was logged meanwhile. */
    public EventLookup.ServerRange where() {
        return new EventLookup.ServerRange(
                node, proxy, server, begin().minus(EventRow.APART), until.plus(EventRow.APART));
    }
}
