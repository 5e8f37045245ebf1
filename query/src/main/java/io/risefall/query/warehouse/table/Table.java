package io.risefall.query.warehouse.table;

import io.risefall.query.text.PrintableBytes;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.SenderTally;
import io.risefall.schemas.source.Sign;
import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.source.Unstamped;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Corrections;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The private tables, and how a record becomes a row of each. A keyed table holds one row a key, its first column; the
 * others only grow.
 */
public enum Table {
    EVENTS("events", false) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            HealthEvent event = (HealthEvent) value;
            ServerName server = event.message().serverName();
            row.time(event.at())
                    .time(event.receivedAt())
                    .text(event.node())
                    .whole(event.pid())
                    .word(event.severity())
                    .text(event.message().kind().word())
                    .text(event.message().proxy())
                    .text(server == null ? null : server.server())
                    .text(event.text())
                    .text(event.line())
                    .text(event.origin().source())
                    .whole(event.origin().position())
                    .small(event.origin().repeat());
            CheckResult check = event.message() instanceof CheckResult result ? result : null;
            row.flag(check == null ? null : check.agent()).word(check == null ? null : check.outcome());
            putReason(row, check == null ? null : check.reason());
            row.small(check == null ? null : check.health())
                    .small(check == null ? null : check.threshold())
                    .word(check == null ? null : check.state())
                    .text(event.origin().sender())
                    .end();
        }
    },
    STATES("states", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            StateInterval interval = (StateInterval) value;
            putServer(row.text(key), interval.node(), interval.server())
                    .flag(interval.backup())
                    .text(interval.state().word())
                    .time(interval.fromAt())
                    .time(interval.toAt())
                    .text(interval.cause())
                    .whole(interval.pid())
                    .end();
        }
    },
    OUTAGES("outages", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            Outage outage = (Outage) value;
            CheckReason reason = outage.reason();
            ServerCounts counts = outage.counts();
            putServer(row.text(key), outage.node(), outage.server())
                    .flag(outage.backup())
                    .time(outage.startedAt())
                    .time(outage.endedAt())
                    .text(outage.endedBy() == null ? null : outage.endedBy().word())
                    .text(reason == null ? null : reason.status().name())
                    .text(reasonText(outage))
                    .small(reason == null ? null : reason.code())
                    .text(reason == null ? null : reason.info())
                    .text(outage.via() == null ? null : outage.via().toString())
                    .flag(outage.agent())
                    .flag(outage.joined())
                    .time(outage.firstFailureAt())
                    .flag(outage.backendEmptied())
                    .flag(outage.certain())
                    .whole(outage.pid())
                    .time(outage.firstSuccessAt())
                    .small(counts == null ? null : counts.active())
                    .small(counts == null ? null : counts.backup())
                    .whole(counts == null ? null : counts.sessionsActive())
                    .whole(counts == null ? null : counts.requeued())
                    .whole(counts == null ? null : counts.queued())
                    .end();
        }
    },
    BACKEND_OUTAGES("backend_outages", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            BackendOutage outage = (BackendOutage) value;
            row.text(key)
                    .text(outage.node())
                    .text(outage.proxy())
                    .time(outage.startedAt())
                    .time(outage.endedAt())
                    .end();
        }
    },
    ROLLUPS("rollups", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            Rollup rollup = (Rollup) value;
            putServer(row.text(key), rollup.node(), rollup.server())
                    .time(rollup.minute())
                    .text(rollup.reason().name())
                    .small(rollup.code())
                    .whole((long) rollup.failures())
                    .whole((long) rollup.downs())
                    .whole(rollup.maxDurationMillis())
                    .end();
        }
    },
    FLAPPING("flapping", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            Flapping flapping = (Flapping) value;
            putServer(row.text(key), flapping.node(), flapping.server())
                    .time(flapping.startedAt())
                    .time(flapping.calmAt())
                    .small(flapping.downs())
                    .real(flapping.peakPenalty())
                    .end();
        }
    },
    REJECTED("rejected", false) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            Rejected rejected = (Rejected) value;
            row.time(rejected.receivedAt())
                    .text(rejected.origin().source())
                    .whole(rejected.origin().position())
                    .text(rejected.why())
                    .text(PrintableBytes.text(rejected.bytes()))
                    .end();
        }
    },
    SIGNS("signs", false) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Sign sign = (Sign) value;
            new Row(appender)
                    .text(sign.node())
                    .text(sign.source())
                    .whole(sign.pid())
                    .time(sign.hour())
                    .whole(sign.minutes())
                    .whole(sign.traffic())
                    .time(sign.firstAt())
                    .time(sign.lastAt())
                    .end();
        }
    },
    CORRECTIONS("corrections", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Corrections corrections = (Corrections) value;
            new Row(appender)
                    .text(key)
                    .text(corrections.node())
                    .whole(corrections.reachMillis())
                    .whole(corrections.tooLate())
                    .time(corrections.tooLateAt())
                    .end();
        }
    },
    LOSSES("losses", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Loss loss = (Loss) value;
            new Row(appender)
                    .text(key)
                    .text(loss.node())
                    .text(loss.proxy())
                    .whole(loss.pid())
                    .time(loss.fromAt())
                    .time(loss.toAt())
                    .small(loss.missing())
                    .small(loss.expectedActive())
                    .small(loss.expectedBackup())
                    .small(loss.seenActive())
                    .small(loss.seenBackup())
                    .end();
        }
    },
    DOUBTS("doubts", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Doubt doubt = (Doubt) value;
            putServer(new Row(appender).text(key), doubt.node(), doubt.server())
                    .time(doubt.fromAt())
                    .time(doubt.awayUntil())
                    .time(doubt.toAt())
                    .end();
        }
    },
    ABSENCES("absences", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Absence absence = (Absence) value;
            new Row(appender)
                    .text(key)
                    .text(absence.node())
                    .text(absence.source())
                    .time(absence.fromAt())
                    .time(absence.toAt())
                    .text(absence.why())
                    .end();
        }
    },
    POSITIONS("positions", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            Row row = new Row(appender);
            ReadPosition position = (ReadPosition) value;
            row.text(key)
                    .text(position.source())
                    .time(position.asOf())
                    .flag(position.live())
                    .whole(position.lines())
                    .whole(position.events())
                    .whole(position.traffic())
                    .whole(position.foreign())
                    .whole(position.repeats())
                    .whole(position.rejected())
                    .time(position.firstAt())
                    .time(position.lastAt())
                    .whole(Arrivals.of(position).waiting())
                    .whole(Unstamped.of(position).lines())
                    .whole(UnknownHeaders.of(position).lines())
                    .end();
        }
    },
    /** One row per source and form of a header that is not known; the key is the source's. */
    POSITION_UNKNOWN("position_unknown", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            ReadPosition position = (ReadPosition) value;
            int nth = 0;
            for (UnknownHeaders.Shape shape : UnknownHeaders.of(position).shapes()) {
                new Row(appender)
                        .text(key)
                        .text(position.source())
                        .small(nth++)
                        .text(shape.shape())
                        .whole(shape.lines())
                        .text(shape.example())
                        .text(shape.tag())
                        .end();
            }
        }
    },
    /** One row per source and process whose severities are taken to be capped; the key is the source's. */
    POSITION_CAPS("position_caps", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            ReadPosition position = (ReadPosition) value;
            for (ProcessLevel level : position.levels()) {
                if (level.cap() != null) {
                    new Row(appender)
                            .text(key)
                            .text(position.source())
                            .text(level.node())
                            .whole(level.pid())
                            .word(level.cap())
                            .end();
                }
            }
        }
    },
    /** One row per source and node that spoke there; the key is the source's. */
    POSITION_NODES("position_nodes", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            ReadPosition position = (ReadPosition) value;
            for (Map.Entry<String, Instant> node : position.nodes().entrySet()) {
                new Row(appender)
                        .text(key)
                        .text(position.source())
                        .text(node.getKey())
                        .time(node.getValue())
                        .end();
            }
        }
    },
    /** One row per source and reason why something that came there was not taken; the key is the source's. */
    POSITION_DROPS("position_drops", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            ReadPosition position = (ReadPosition) value;
            putCounts(appender, key, position, Arrivals.of(position).dropped());
        }
    },
    /** One row per source and what interrupted its senders without a loss; the key is the source's. */
    POSITION_INTERRUPTIONS("position_interruptions", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            ReadPosition position = (ReadPosition) value;
            putCounts(appender, key, position, Arrivals.of(position).interruptions());
        }
    },
    /** One row per source and node whose lines come there as they are printed; the key is the source's. */
    POSITION_CLOCKS("position_clocks", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            ReadPosition position = (ReadPosition) value;
            for (Map.Entry<String, Long> clock : Arrivals.of(position).clocks().entrySet()) {
                new Row(appender)
                        .text(key)
                        .text(position.source())
                        .text(clock.getKey())
                        .whole(clock.getValue())
                        .end();
            }
        }
    },
    /** One row per source and who sent there; the key is the source's. */
    POSITION_SENDERS("position_senders", true) {
        @Override
        public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
            ReadPosition position = (ReadPosition) value;
            for (SenderTally sender : Arrivals.of(position).senders()) {
                new Row(appender)
                        .text(key)
                        .text(position.source())
                        .text(sender.sender())
                        .whole(sender.messages())
                        .whole(sender.bytes())
                        .time(sender.lastAt())
                        .end();
            }
        }
    };

    private final String table;
    private final boolean keyed;

    Table(String table, boolean keyed) {
        this.table = table;
        this.keyed = keyed;
    }

    public String table() {
        return table;
    }

    boolean keyed() {
        return keyed;
    }

    /** Appends the rows of one record: one, but for what belongs to a position. {@code key}: only keyed tables store it. */
    public abstract void put(DuckDBAppender appender, String key, Object value) throws SQLException;

    private static void putCounts(DuckDBAppender appender, String key, ReadPosition position, Map<String, Long> counts)
            throws SQLException {
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            new Row(appender)
                    .text(key)
                    .text(position.source())
                    .text(count.getKey())
                    .whole(count.getValue())
                    .end();
        }
    }

    private static Row putServer(Row row, String node, ServerName server) throws SQLException {
        return row.text(node).text(server.proxy()).text(server.server());
    }

    private static void putReason(Row row, @Nullable CheckReason reason) throws SQLException {
        row.text(reason == null ? null : reason.status().name())
                .small(reason == null ? null : reason.code())
                .text(reason == null ? null : reason.info())
                .whole(reason == null ? null : reason.durationMillis());
    }

    private static @Nullable String reasonText(Outage outage) {
        if (outage.changedFrom() != null) {
            return "changed from " + outage.changedFrom();
        }
        return outage.reason() == null ? null : outage.reason().status().text();
    }
}
