package io.risefall.query.alert.backtest;

import io.risefall.query.alert.engine.AlertReplay;
import io.risefall.query.alert.engine.Trouble;
import io.risefall.query.alert.engine.TroubleChange;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.watch.TroubleRows;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was wrong, in order of time. A day at a time is in memory, and what lasts longer. One thread. */
final class RecordedTroubles {
    private static final SqlQuery RECORDED = new SqlQuery("alert/recorded.sql");
    private static final SqlQuery LOW = new SqlQuery("alert/recorded_low.sql");
    private static final SqlQuery ROLES = new SqlQuery("alert/roles.sql");
    private static final Duration PIECE = Duration.ofDays(1);

    private final Connection views;
    private final AlertSettings settings;
    private final Set<String> roles;

    RecordedTroubles(Connection views, AlertSettings settings) throws SQLException {
        this.views = views;
        this.settings = settings;
        roles = new HashSet<>(ROLES.query(views, row -> row.text("node") + "/" + row.text("proxy")));
    }

    private record Recorded(
            Trouble trouble,
            @Nullable Instant endedAt,
            @Nullable String endedBy) {}

    /** Hands over what began from {@code from} on, and what of that ended before {@code to}. */
    void each(Instant from, Instant to, Consumer<TroubleChange> taken) throws SQLException {
        PriorityQueue<TroubleChange> ends = new PriorityQueue<>(Comparator.comparing(AlertReplay::time));
        for (Instant at = from; at.isBefore(to); at = at.plus(PIECE)) {
            Instant until = at.plus(PIECE).isBefore(to) ? at.plus(PIECE) : to;
            for (Recorded recorded : between(at, until)) {
                Trouble trouble = recorded.trouble();
                while (!ends.isEmpty() && AlertReplay.time(ends.peek()).isBefore(trouble.from())) {
                    taken.accept(ends.poll());
                }
                taken.accept(TroubleChange.lasts(trouble));
                if (recorded.endedAt() != null && recorded.endedAt().isBefore(to)) {
                    ends.add(TroubleChange.over(
                            trouble,
                            recorded.endedAt().isBefore(trouble.from()) ? trouble.from() : recorded.endedAt(),
                            recorded.endedBy() == null ? TroubleChange.UNKNOWN : recorded.endedBy()));
                }
            }
        }
        while (!ends.isEmpty()) {
            taken.accept(ends.poll());
        }
    }

    private List<Recorded> between(Instant from, Instant to) throws SQLException {
        List<Recorded> all = new ArrayList<>(RECORDED.query(
                views, this::recorded, from, to, settings.nodeSilent().toMillis()));
        if (settings.capacityBelow() > 0) {
            all.addAll(LOW.query(views, this::recorded, from, to, settings.capacityBelow()));
            all.sort(Comparator.comparing(recorded -> recorded.trouble().from()));
        }
        return all;
    }

    private Recorded recorded(SqlQuery.Row row) throws SQLException {
        return new Recorded(
                TroubleRows.of(row, roles.contains(row.text("node") + "/" + row.text("proxy"))),
                row.atOrNull("ended_us"),
                row.textOrNull("ended_by"));
    }
}
