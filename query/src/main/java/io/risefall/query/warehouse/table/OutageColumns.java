package io.risefall.query.warehouse.table;

import static io.risefall.query.warehouse.table.Column.column;
import static io.risefall.query.warehouse.table.Column.optional;
import static io.risefall.query.warehouse.table.ColumnType.BIGINT;
import static io.risefall.query.warehouse.table.ColumnType.BOOLEAN;
import static io.risefall.query.warehouse.table.ColumnType.INTEGER;
import static io.risefall.query.warehouse.table.ColumnType.TIMESTAMPTZ;
import static io.risefall.query.warehouse.table.ColumnType.VARCHAR;

import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.state.Outage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an outage becomes a row. */
final class OutageColumns {
    static final Layout<?, ?> LAYOUT = Layout.of(
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
                    outage -> outage.endedBy() == null ? null : outage.endedBy().word()),
            optional("reason", VARCHAR, ofOutage(reason -> reason.status().name())),
            optional("reason_text", VARCHAR, OutageColumns::reasonText),
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
            optional("queued", BIGINT, counted(ServerCounts::queued)));

    private OutageColumns() {}

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
}
