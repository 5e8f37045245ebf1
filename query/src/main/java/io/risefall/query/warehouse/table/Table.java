package io.risefall.query.warehouse.table;

import static io.risefall.query.warehouse.table.Column.column;
import static io.risefall.query.warehouse.table.Column.optional;
import static io.risefall.query.warehouse.table.Column.word;
import static io.risefall.query.warehouse.table.ColumnType.BIGINT;
import static io.risefall.query.warehouse.table.ColumnType.BOOLEAN;
import static io.risefall.query.warehouse.table.ColumnType.DOUBLE;
import static io.risefall.query.warehouse.table.ColumnType.INTEGER;
import static io.risefall.query.warehouse.table.ColumnType.TIMESTAMPTZ;
import static io.risefall.query.warehouse.table.ColumnType.VARCHAR;

import io.risefall.query.text.PrintableBytes;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Corrections;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.Traced;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * The private tables, and the row that a record makes of each. Columns stand in the order of {@code tables.sql}. A keyed table
 * holds one row a key, its first column; the others only grow.
 */
public enum Table {
    EVENTS("events", false, EventColumns.LAYOUT),
    STATES(
            "states",
            true,
            Layout.of(
                    StateInterval.class,
                    column("node", VARCHAR, StateInterval::node),
                    column("proxy", VARCHAR, interval -> interval.server().proxy()),
                    column("server", VARCHAR, interval -> interval.server().server()),
                    column("backup", BOOLEAN, StateInterval::backup),
                    column("state", VARCHAR, interval -> interval.state().word()),
                    column("from_at", TIMESTAMPTZ, StateInterval::fromAt),
                    optional("to_at", TIMESTAMPTZ, StateInterval::toAt),
                    column("cause", VARCHAR, StateInterval::cause),
                    optional("pid", BIGINT, StateInterval::pid))),
    OUTAGES("outages", true, OutageColumns.LAYOUT),
    BACKEND_OUTAGES(
            "backend_outages",
            true,
            Layout.of(
                    BackendOutage.class,
                    column("node", VARCHAR, BackendOutage::node),
                    column("proxy", VARCHAR, BackendOutage::proxy),
                    column("started_at", TIMESTAMPTZ, BackendOutage::startedAt),
                    optional("ended_at", TIMESTAMPTZ, BackendOutage::endedAt))),
    ROLLUPS(
            "rollups",
            true,
            Layout.of(
                    Rollup.class,
                    column("node", VARCHAR, Rollup::node),
                    column("proxy", VARCHAR, rollup -> rollup.server().proxy()),
                    column("server", VARCHAR, rollup -> rollup.server().server()),
                    column("minute", TIMESTAMPTZ, Rollup::minute),
                    column("reason", VARCHAR, rollup -> rollup.reason().name()),
                    optional("code", INTEGER, Rollup::code),
                    column("failures", BIGINT, rollup -> (long) rollup.failures()),
                    column("downs", BIGINT, rollup -> (long) rollup.downs()),
                    optional("max_duration_ms", BIGINT, Rollup::maxDurationMillis))),
    FLAPPING(
            "flapping",
            true,
            Layout.of(
                    Flapping.class,
                    column("node", VARCHAR, Flapping::node),
                    column("proxy", VARCHAR, flapping -> flapping.server().proxy()),
                    column("server", VARCHAR, flapping -> flapping.server().server()),
                    column("started_at", TIMESTAMPTZ, Flapping::startedAt),
                    column("calm_at", TIMESTAMPTZ, Flapping::calmAt),
                    column("downs", INTEGER, Flapping::downs),
                    column("peak_penalty", DOUBLE, Flapping::peakPenalty))),
    /** One row per line that a record follows from; the key is the record's. */
    EVIDENCE(
            "evidence",
            true,
            Layout.each(
                    Traced.class,
                    EvidenceOf::all,
                    column("kind", VARCHAR, EvidenceOf::kind),
                    column("nth", INTEGER, EvidenceOf::nth),
                    column("role", VARCHAR, one -> one.evidence().role().word()),
                    word("rule", one -> one.evidence().rule()),
                    optional("at", TIMESTAMPTZ, one -> one.evidence().at()),
                    optional("source", VARCHAR, EvidenceOf::source),
                    optional("position", BIGINT, EvidenceOf::position),
                    optional("repeat", INTEGER, EvidenceOf::repeat),
                    column("left_out", INTEGER, EvidenceOf::leftOut))),
    REJECTED(
            "rejected",
            false,
            Layout.of(
                    Rejected.class,
                    column("received_at", TIMESTAMPTZ, Rejected::receivedAt),
                    column("source", VARCHAR, rejected -> rejected.origin().source()),
                    column("position", BIGINT, rejected -> rejected.origin().position()),
                    column("why", VARCHAR, Rejected::why),
                    column("line", VARCHAR, rejected -> PrintableBytes.text(rejected.bytes())))),
    SIGNS(
            "signs",
            false,
            Layout.of(
                    ProcessActivity.class,
                    column("node", VARCHAR, ProcessActivity::node),
                    column("source", VARCHAR, ProcessActivity::source),
                    optional("pid", BIGINT, ProcessActivity::pid),
                    column("hour", TIMESTAMPTZ, ProcessActivity::hour),
                    column("minutes", BIGINT, ProcessActivity::minutes),
                    column("traffic", BIGINT, ProcessActivity::traffic),
                    column("first_at", TIMESTAMPTZ, ProcessActivity::firstAt),
                    column("last_at", TIMESTAMPTZ, ProcessActivity::lastAt))),
    CORRECTIONS(
            "corrections",
            true,
            Layout.of(
                    Corrections.class,
                    column("node", VARCHAR, Corrections::node),
                    column("reach_ms", BIGINT, Corrections::reachMillis),
                    column("too_late", BIGINT, Corrections::tooLate),
                    optional("too_late_at", TIMESTAMPTZ, Corrections::tooLateAt))),
    LOSSES(
            "losses",
            true,
            Layout.of(
                    Loss.class,
                    column("node", VARCHAR, Loss::node),
                    column("proxy", VARCHAR, Loss::proxy),
                    column("pid", BIGINT, Loss::pid),
                    column("from_at", TIMESTAMPTZ, Loss::fromAt),
                    column("to_at", TIMESTAMPTZ, Loss::toAt),
                    column("missing", INTEGER, Loss::missing),
                    column("expected_active", INTEGER, Loss::expectedActive),
                    column("expected_backup", INTEGER, Loss::expectedBackup),
                    column("seen_active", INTEGER, Loss::seenActive),
                    column("seen_backup", INTEGER, Loss::seenBackup))),
    DOUBTS(
            "doubts",
            true,
            Layout.of(
                    Doubt.class,
                    column("node", VARCHAR, Doubt::node),
                    column("proxy", VARCHAR, doubt -> doubt.server().proxy()),
                    column("server", VARCHAR, doubt -> doubt.server().server()),
                    column("from_at", TIMESTAMPTZ, Doubt::fromAt),
                    column("away_until", TIMESTAMPTZ, Doubt::awayUntil),
                    optional("to_at", TIMESTAMPTZ, Doubt::toAt))),
    ABSENCES(
            "absences",
            true,
            Layout.of(
                    Absence.class,
                    column("node", VARCHAR, Absence::node),
                    column("source", VARCHAR, Absence::source),
                    column("from_at", TIMESTAMPTZ, Absence::fromAt),
                    column("to_at", TIMESTAMPTZ, Absence::toAt),
                    column("why", VARCHAR, Absence::why))),
    NOTES(
            "notes",
            true,
            Layout.of(
                    Note.class,
                    column("at", TIMESTAMPTZ, Note::at),
                    column("text", VARCHAR, Note::text),
                    optional("node", VARCHAR, Note::node),
                    optional("proxy", VARCHAR, Note::proxy),
                    optional("server", VARCHAR, Note::server),
                    column("noted_at", TIMESTAMPTZ, Note::notedAt))),
    ALERT_SILENCES(
            "alert_silences",
            true,
            Layout.of(
                    AlertSilence.class,
                    column("silence_id", VARCHAR, AlertSilence::id),
                    optional("node", VARCHAR, AlertSilence::node),
                    column("proxy", VARCHAR, AlertSilence::proxy),
                    optional("server", VARCHAR, AlertSilence::server),
                    column("from_at", TIMESTAMPTZ, AlertSilence::from),
                    column("until_at", TIMESTAMPTZ, AlertSilence::until),
                    column("why", VARCHAR, AlertSilence::why),
                    optional("author", VARCHAR, AlertSilence::author))),
    POSITIONS("positions", true, PositionColumns.WHOLE),
    /** One row per source and form of a header that is not known; the key is the source's. */
    POSITION_UNKNOWN("position_unknown", true, PositionColumns.UNKNOWN),
    /** One row per source and process whose severities are taken to be capped; the key is the source's. */
    POSITION_CAPS("position_caps", true, PositionColumns.CAPS),
    /** One row per source and node that spoke there; the key is the source's. */
    POSITION_NODES("position_nodes", true, PositionColumns.NODES),
    /** One row per source and reason why something that came there was not taken; the key is the source's. */
    POSITION_DROPS("position_drops", true, PositionColumns.DROPS),
    /** One row per source and what interrupted its senders without a loss; the key is the source's. */
    POSITION_INTERRUPTIONS("position_interruptions", true, PositionColumns.INTERRUPTIONS),
    /** One row per source and node whose lines come there as they are printed; the key is the source's. */
    POSITION_CLOCKS("position_clocks", true, PositionColumns.CLOCKS),
    /** One row per source and who sent there; the key is the source's. */
    POSITION_SENDERS("position_senders", true, PositionColumns.SENDERS);

    private final String table;
    private final boolean keyed;
    private final Layout<?, ?> layout;

    Table(String table, boolean keyed, Layout<?, ?> layout) {
        this.table = table;
        this.keyed = keyed;
        this.layout = layout;
    }

    public String table() {
        return table;
    }

    boolean keyed() {
        return keyed;
    }

    /** Its columns as {@code tables.sql} makes them: {@code node VARCHAR NOT NULL}. */
    List<String> definitions() {
        return layout.definitions(keyed);
    }

    /** Appends the rows of one record: one, but for what belongs to a position. {@code key}: only keyed tables store it. */
    public void put(DuckDBAppender appender, String key, Object value) throws SQLException {
        layout.put(appender, keyed, key, value);
    }
}
