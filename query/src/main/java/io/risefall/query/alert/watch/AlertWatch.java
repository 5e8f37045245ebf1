package io.risefall.query.alert.watch;

import io.risefall.query.alert.engine.AlertBook;
import io.risefall.query.alert.engine.StoredAlert;
import io.risefall.query.alert.engine.TroubleChange;
import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.Outbox;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look after another at the warehouse, and the messages that follow. After an exception it is of no more use: a new one begins
 * with what is stored. Has one connection, used by one thread; the owner closes it.
 */
final class AlertWatch {
    private static final SqlQuery SOURCES = new SqlQuery("alert/live_sources.sql");

    /** What a restart can find out again needs no write each second. */
    private static final Duration STORE_ALL_EVERY = Duration.ofMinutes(1);

    private final Connection warehouse;
    private final Outbox outbox;
    private final AlertStore store;
    private final AlertBook book;
    private final FleetTroubles fleet;
    private final LateTroubles late = new LateTroubles();
    private final PipelineTroubles pipeline;
    private final AlertDetails details;
    private @Nullable Instant storedAllAt;

    AlertWatch(Connection warehouse, AlertSettings settings, Outbox outbox, AlertLog log, ZoneId zone)
            throws SQLException {
        this.warehouse = warehouse;
        this.outbox = outbox;
        store = new AlertStore(warehouse, log);
        book = new AlertBook(settings, store.read());
        fleet = new FleetTroubles(settings);
        pipeline = new PipelineTroubles(settings);
        details = new AlertDetails(warehouse, zone);
    }

    /** Whether something is due although nothing has changed. */
    boolean isDue(Instant now) {
        Instant due = book.nextDue();
        return due != null && !due.isAfter(now);
    }

    /** @return how many messages were made */
    int look(ReadingState state, Instant now) throws SQLException {
        List<TroubleChange> changes = new ArrayList<>(pipeline.changes(state, sources(), book.troubles(), now));
        List<AlertMessage> said;
        if (PipelineTroubles.isCaughtUp(state)) {
            changes.addAll(fleet.changes(warehouse, book.troubles(), now));
            late(now);
            book.correct(SettledTroubles.corrections(warehouse, book.settled()), now);
            said = book.on(changes, now);
        } else {
            said = book.blind(changes, now);
        }
        List<AlertMessage> messages = new ArrayList<>();
        for (AlertMessage message : said) {
            messages.add(details.of(message));
        }
        boolean all = storedAllAt == null || !now.isBefore(storedAllAt.plus(STORE_ALL_EVERY)) || !said.isEmpty();
        List<StoredAlert> changed = book.changed(all);
        storedAllAt = all ? now : storedAllAt;
        if (!changed.isEmpty() || !messages.isEmpty()) {
            store.write(changed, messages, outbox);
        }
        return messages.size();
    }

    private void late(Instant now) throws SQLException {
        Instant since = book.lateSince();
        if (since != null && late.isDue(now)) {
            book.late(late.outages(warehouse, since, fleet.roles(warehouse, now), now), now);
        }
    }

    private Map<String, Instant> sources() throws SQLException {
        Map<String, Instant> sources = new HashMap<>();
        SOURCES.query(warehouse, row -> Map.entry(row.text("source"), row.at("as_of_us")))
                .forEach(source -> sources.put(source.getKey(), source.getValue()));
        return sources;
    }
}
