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
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LogTarget;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
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
import io.risefall.schemas.state.Traced;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The private tables, and the row that a record makes of each. Columns stand in the order of {@code tables.sql}. A keyed table
 * holds one row a key, its first column; the others only grow.
 */
public enum Table {
    EVENTS(
            "events",
            false,
            Layout.of(
                    HealthEvent.class,
                    column("at", TIMESTAMPTZ, HealthEvent::at),
                    column("received_at", TIMESTAMPTZ, HealthEvent::receivedAt),
                    column("node", VARCHAR, HealthEvent::node),
                    optional("pid", BIGINT, HealthEvent::pid),
                    word("severity", HealthEvent::severity),
                    column("kind", VARCHAR, event -> event.message().kind().word()),
                    column("proxy", VARCHAR, event -> event.message().proxy()),
                    optional("server", VARCHAR, Table::serverOf),
                    column("message", VARCHAR, HealthEvent::text),
                    column("line", VARCHAR, HealthEvent::line),
                    column("source", VARCHAR, event -> event.origin().source()),
                    column("position", BIGINT, event -> event.origin().position()),
                    column("repeat", INTEGER, event -> event.origin().repeat()),
                    optional("agent", BOOLEAN, ofCheck(CheckResult::agent)),
                    word("outcome", ofCheck(CheckResult::outcome)),
                    optional(
                            "reason",
                            VARCHAR,
                            ofReason(reason -> reason.status().name())),
                    optional("code", INTEGER, ofReason(CheckReason::code)),
                    optional("info", VARCHAR, ofReason(CheckReason::info)),
                    optional("duration_ms", BIGINT, ofReason(CheckReason::durationMillis)),
                    optional("health", INTEGER, ofCheck(CheckResult::health)),
                    optional("threshold", INTEGER, ofCheck(CheckResult::threshold)),
                    word("state", ofCheck(CheckResult::state)),
                    optional("up", BOOLEAN, ofSwitch(ServerSwitch::saysUp)),
                    optional("active_left", INTEGER, ofSwitch(left(ServerCounts::active))),
                    optional("backup_left", INTEGER, ofSwitch(left(ServerCounts::backup))),
                    optional("old_name", VARCHAR, Table::oldNameOf),
                    optional("address", VARCHAR, Table::addressOf),
                    optional("log_target", VARCHAR, LogTarget::of))),
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
    OUTAGES(
            "outages",
            true,
            Layout.of(
                    Outage.class,
                    column("node", VARCHAR, Outage::node),
                    column("proxy", VARCHAR, outage -> outage.server().proxy()),
                    column("server", VARCHAR, outage -> outage.server().server()),
                    column("backup", BOOLEAN, Outage::backup),
                    column("started_at", TIMESTAMPTZ, Outage::startedAt),
                    optional("ended_at", TIMESTAMPTZ, Outage::endedAt),
                    optional(
                            "ended_by",
                            VARCHAR,
                            outage -> outage.endedBy() == null
                                    ? null
                                    : outage.endedBy().word()),
                    optional(
                            "reason",
                            VARCHAR,
                            ofOutage(reason -> reason.status().name())),
                    optional("reason_text", VARCHAR, Table::reasonText),
                    optional("code", INTEGER, ofOutage(CheckReason::code)),
                    optional("info", VARCHAR, ofOutage(CheckReason::info)),
                    optional(
                            "via",
                            VARCHAR,
                            outage -> outage.via() == null ? null : outage.via().toString()),
                    column("agent", BOOLEAN, Outage::agent),
                    column("joined", BOOLEAN, Outage::joined),
                    optional("first_failure_at", TIMESTAMPTZ, Outage::firstFailureAt),
                    column("backend_emptied", BOOLEAN, Outage::backendEmptied),
                    column("certain", BOOLEAN, Outage::certain),
                    optional("pid", BIGINT, Outage::pid),
                    optional("first_success_at", TIMESTAMPTZ, Outage::firstSuccessAt),
                    optional("active_left", INTEGER, counted(ServerCounts::active)),
                    optional("backup_left", INTEGER, counted(ServerCounts::backup)),
                    optional("sessions_active", BIGINT, counted(ServerCounts::sessionsActive)),
                    optional("requeued", BIGINT, counted(ServerCounts::requeued)),
                    optional("queued", BIGINT, counted(ServerCounts::queued)))),
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
    POSITIONS(
            "positions",
            true,
            Layout.of(
                    ReadPosition.class,
                    column("source", VARCHAR, ReadPosition::source),
                    column("as_of", TIMESTAMPTZ, ReadPosition::asOf),
                    column("live", BOOLEAN, ReadPosition::live),
                    column("lines", BIGINT, ReadPosition::lines),
                    column("events", BIGINT, ReadPosition::events),
                    column("traffic", BIGINT, ReadPosition::traffic),
                    column("foreign", BIGINT, ReadPosition::foreign),
                    column("repeats", BIGINT, ReadPosition::repeats),
                    column("rejected", BIGINT, ReadPosition::rejected),
                    optional("first_at", TIMESTAMPTZ, ReadPosition::firstAt),
                    optional("last_at", TIMESTAMPTZ, ReadPosition::lastAt),
                    optional(
                            "waiting", BIGINT, position -> Arrivals.of(position).waiting()),
                    optional(
                            "unstamped",
                            BIGINT,
                            position -> Unstamped.of(position).lines()),
                    optional(
                            "unknown_header",
                            BIGINT,
                            position -> UnknownHeaders.of(position).lines()))),
    /** One row per source and form of a header that is not known; the key is the source's. */
    POSITION_UNKNOWN(
            "position_unknown",
            true,
            Layout.each(
                    ReadPosition.class,
                    Table::shapes,
                    column("source", VARCHAR, OfSource::source),
                    column("nth", INTEGER, one -> one.what().nth()),
                    column("shape", VARCHAR, one -> one.what().shape().shape()),
                    column("lines", BIGINT, one -> one.what().shape().lines()),
                    column("example", VARCHAR, one -> one.what().shape().example()),
                    optional("tag", VARCHAR, one -> one.what().shape().tag()))),
    /** One row per source and process whose severities are taken to be capped; the key is the source's. */
    POSITION_CAPS(
            "position_caps",
            true,
            Layout.each(
                    ReadPosition.class,
                    Table::caps,
                    column("source", VARCHAR, OfSource::source),
                    column("node", VARCHAR, one -> one.what().node()),
                    optional("pid", BIGINT, one -> one.what().pid()),
                    column("cap", VARCHAR, one -> capOf(one.what())))),
    /** One row per source and node that spoke there; the key is the source's. */
    POSITION_NODES(
            "position_nodes",
            true,
            Layout.each(
                    ReadPosition.class,
                    position -> OfSource.all(position, position.nodes().entrySet()),
                    column("source", VARCHAR, OfSource::source),
                    column("node", VARCHAR, one -> one.what().getKey()),
                    column("last_at", TIMESTAMPTZ, one -> one.what().getValue()))),
    /** One row per source and reason why something that came there was not taken; the key is the source's. */
    POSITION_DROPS(
            "position_drops",
            true,
            Layout.each(
                    ReadPosition.class,
                    position -> OfSource.all(
                            position, Arrivals.of(position).dropped().entrySet()),
                    column("source", VARCHAR, OfSource::source),
                    column("reason", VARCHAR, one -> one.what().getKey()),
                    column("dropped", BIGINT, one -> one.what().getValue()))),
    /** One row per source and what interrupted its senders without a loss; the key is the source's. */
    POSITION_INTERRUPTIONS(
            "position_interruptions",
            true,
            Layout.each(
                    ReadPosition.class,
                    position -> OfSource.all(
                            position, Arrivals.of(position).interruptions().entrySet()),
                    column("source", VARCHAR, OfSource::source),
                    column("reason", VARCHAR, one -> one.what().getKey()),
                    column("times", BIGINT, one -> one.what().getValue()))),
    /** One row per source and node whose lines come there as they are printed; the key is the source's. */
    POSITION_CLOCKS(
            "position_clocks",
            true,
            Layout.each(
                    ReadPosition.class,
                    position -> OfSource.all(
                            position, Arrivals.of(position).clocks().entrySet()),
                    column("source", VARCHAR, OfSource::source),
                    column("node", VARCHAR, one -> one.what().getKey()),
                    column("behind_ms", BIGINT, one -> one.what().getValue()))),
    /** One row per source and who sent there; the key is the source's. */
    POSITION_SENDERS(
            "position_senders",
            true,
            Layout.each(
                    ReadPosition.class,
                    position -> OfSource.all(position, Arrivals.of(position).senders()),
                    column("source", VARCHAR, OfSource::source),
                    column("sender", VARCHAR, one -> one.what().sender()),
                    column("messages", BIGINT, one -> one.what().messages()),
                    column("bytes", BIGINT, one -> one.what().bytes()),
                    column("last_at", TIMESTAMPTZ, one -> one.what().lastAt())));

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

    private static @Nullable String serverOf(HealthEvent event) {
        ServerName server = event.message().serverName();
        return server == null ? null : server.server();
    }

    /** Of a check line's result; null for other lines. */
    private static <V> Function<HealthEvent, @Nullable V> ofCheck(Function<CheckResult, @Nullable V> value) {
        return event -> event.message() instanceof CheckResult check ? value.apply(check) : null;
    }

    /** Of a switch line; null for other lines. */
    private static <V> Function<HealthEvent, @Nullable V> ofSwitch(Function<ServerSwitch, @Nullable V> value) {
        return event -> event.message() instanceof ServerSwitch said ? value.apply(said) : null;
    }

    private static <V> Function<ServerSwitch, @Nullable V> left(Function<ServerCounts, @Nullable V> value) {
        return said -> said.counts() == null ? null : value.apply(said.counts());
    }

    /** Of the check that a check line or a switch line tells of; null for other lines. */
    private static <V> Function<HealthEvent, @Nullable V> ofReason(Function<CheckReason, @Nullable V> value) {
        return event -> {
            CheckReason reason = event.message() instanceof CheckResult check
                    ? check.reason()
                    : event.message() instanceof ServerSwitch said ? said.reason() : null;
            return reason == null ? null : value.apply(reason);
        };
    }

    private static @Nullable String oldNameOf(HealthEvent event) {
        return event.message() instanceof ServerNotice notice ? notice.oldName() : null;
    }

    private static @Nullable String addressOf(HealthEvent event) {
        return event.message() instanceof AddressChange change ? change.address() : null;
    }

    private static <V> Function<Outage, @Nullable V> ofOutage(Function<CheckReason, @Nullable V> value) {
        return outage -> outage.reason() == null ? null : value.apply(outage.reason());
    }

    private static <V> Function<Outage, @Nullable V> counted(Function<ServerCounts, @Nullable V> value) {
        return outage -> outage.counts() == null ? null : value.apply(outage.counts());
    }

    private static @Nullable String reasonText(Outage outage) {
        if (outage.changedFrom() != null) {
            return "changed from " + outage.changedFrom();
        }
        return outage.reason() == null ? null : outage.reason().status().text();
    }

    /** A form of a header, and its place among those of its source. */
    private record Nth(int nth, UnknownHeaders.Shape shape) {}

    private static List<OfSource<Nth>> shapes(ReadPosition position) {
        List<Nth> shapes = new ArrayList<>();
        UnknownHeaders.of(position).shapes().forEach(shape -> shapes.add(new Nth(shapes.size(), shape)));
        return OfSource.all(position, shapes);
    }

    private static List<OfSource<ProcessLevel>> caps(ReadPosition position) {
        return OfSource.all(
                position,
                position.levels().stream().filter(level -> level.cap() != null).toList());
    }

    private static String capOf(ProcessLevel level) {
        return Objects.requireNonNull(level.cap()).name().toLowerCase(Locale.ROOT);
    }
}
