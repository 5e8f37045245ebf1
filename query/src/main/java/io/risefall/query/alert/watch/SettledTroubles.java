package io.risefall.query.alert.watch;

import io.risefall.query.alert.engine.Correction;
import io.risefall.query.alert.engine.Trouble;
import io.risefall.query.alert.engine.TroubleChange;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Outages that were over when the engine saw them last: what the warehouse has of them now. */
final class SettledTroubles {
    private static final SqlQuery ENDED = new SqlQuery("alert/ended.sql");
    private static final SqlQuery INSTEAD = new SqlQuery("alert/instead.sql");

    private SettledTroubles() {}

    /** How one ended; without a time it lasts after all, and is among what lasts. */
    private record End(
            String id, @Nullable Instant at, @Nullable String by) {
        static End of(SqlQuery.Row row) throws SQLException {
            return new End(row.text("id"), row.atOrNull("ended_us"), row.textOrNull("ended_by"));
        }
    }

    static List<Correction> corrections(Connection warehouse, Collection<TroubleChange> settled) throws SQLException {
        if (settled.isEmpty()) {
            return List.of();
        }
        Map<String, End> now = new HashMap<>();
        ENDED.query(
                        warehouse,
                        End::of,
                        settled.stream()
                                .map(over -> over.trouble().since())
                                .distinct()
                                .toList())
                .forEach(end -> now.put(end.id(), end));
        List<Correction> corrections = new ArrayList<>();
        for (TroubleChange over : settled) {
            End end = now.get(over.trouble().id());
            TroubleChange is = end == null
                    ? instead(warehouse, over)
                    : end.at() == null ? over : TroubleChange.over(over.trouble(), end.at(), by(end.by()));
            if (!over.equals(is)) {
                corrections.add(new Correction(over.trouble().id(), is));
            }
        }
        return corrections;
    }

    private static String by(@Nullable String by) {
        return by == null ? TroubleChange.UNKNOWN : by;
    }

    /** A corrected start makes another outage of it. */
    private static @Nullable TroubleChange instead(Connection warehouse, TroubleChange over) throws SQLException {
        Trouble trouble = over.trouble();
        List<TroubleChange> found = INSTEAD.query(
                warehouse,
                row -> TroubleChange.over(
                        TroubleRows.of(row, trouble.role()), row.at("ended_us"), by(row.textOrNull("ended_by"))),
                trouble.node(),
                trouble.proxy(),
                trouble.server(),
                trouble.since(),
                Objects.requireNonNull(over.endedAt()));
        return found.isEmpty() ? null : found.get(0);
    }
}
