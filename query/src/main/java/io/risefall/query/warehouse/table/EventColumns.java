package io.risefall.query.warehouse.table;

import static io.risefall.query.warehouse.table.Column.column;
import static io.risefall.query.warehouse.table.Column.optional;
import static io.risefall.query.warehouse.table.Column.word;
import static io.risefall.query.warehouse.table.ColumnType.BIGINT;
import static io.risefall.query.warehouse.table.ColumnType.BOOLEAN;
import static io.risefall.query.warehouse.table.ColumnType.INTEGER;
import static io.risefall.query.warehouse.table.ColumnType.TIMESTAMPTZ;
import static io.risefall.query.warehouse.table.ColumnType.VARCHAR;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LogTarget;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSwitch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an event becomes a row: what its kind of line does not say is null. */
final class EventColumns {
    static final Layout<?, ?> LAYOUT = Layout.of(
            HealthEvent.class,
            column("at", TIMESTAMPTZ, HealthEvent::at),
            column("received_at", TIMESTAMPTZ, HealthEvent::receivedAt),
            column("node", VARCHAR, HealthEvent::node),
            optional("pid", BIGINT, HealthEvent::pid),
            word("severity", HealthEvent::severity),
            column("kind", VARCHAR, event -> event.message().kind().word()),
            column("proxy", VARCHAR, event -> event.message().proxy()),
            optional("server", VARCHAR, EventColumns::serverOf),
            column("message", VARCHAR, HealthEvent::text),
            column("line", VARCHAR, HealthEvent::line),
            column("source", VARCHAR, event -> event.origin().source()),
            column("position", BIGINT, event -> event.origin().position()),
            column("repeat", INTEGER, event -> event.origin().repeat()),
            optional("agent", BOOLEAN, ofCheck(CheckResult::agent)),
            word("outcome", ofCheck(CheckResult::outcome)),
            optional("reason", VARCHAR, ofReason(reason -> reason.status().name())),
            optional("code", INTEGER, ofReason(CheckReason::code)),
            optional("info", VARCHAR, ofReason(CheckReason::info)),
            optional("duration_ms", BIGINT, ofReason(CheckReason::durationMillis)),
            optional("health", INTEGER, ofCheck(CheckResult::health)),
            optional("threshold", INTEGER, ofCheck(CheckResult::threshold)),
            word("state", ofCheck(CheckResult::state)),
            optional("up", BOOLEAN, ofSwitch(ServerSwitch::saysUp)),
            optional("active_left", INTEGER, ofSwitch(left(ServerCounts::active))),
            optional("backup_left", INTEGER, ofSwitch(left(ServerCounts::backup))),
            optional("old_name", VARCHAR, EventColumns::oldNameOf),
            optional("address", VARCHAR, EventColumns::addressOf),
            optional("log_target", VARCHAR, LogTarget::of));

    private EventColumns() {}

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
}
