package io.risefall.query.alert.watch;

import io.risefall.query.alert.engine.Trouble;
import io.risefall.query.alert.engine.TroubleChange;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong in the fleet now, compared with what the engine knows. What a log that has ended leaves open stays as it is: nobody
 * knows what became of it. Used by one thread.
 */
final class FleetTroubles {
    private static final SqlQuery LASTING = new SqlQuery("alert/lasting.sql");
    private static final SqlQuery LOW = new SqlQuery("alert/low.sql");
    private static final SqlQuery ENDED = new SqlQuery("alert/ended.sql");
    private static final SqlQuery ROLES = new SqlQuery("alert/roles.sql");

    /** All history tells which backends have roles: it is asked seldom, and only when something is wrong. */
    private static final Duration ROLES_EVERY = Duration.ofMinutes(10);

    private final AlertSettings settings;
    private Set<String> roles = Set.of();
    private @Nullable Instant rolesAt;

    FleetTroubles(AlertSettings settings) {
        this.settings = settings;
    }

    private record End(
            String key, @Nullable Instant at, @Nullable String by) {
        static End of(SqlQuery.Row row) throws SQLException {
            return new End(row.text("kind") + row.text("id"), row.atOrNull("ended_us"), row.textOrNull("ended_by"));
        }
    }

    /** @param known what the engine has, of the fleet and of others */
    List<TroubleChange> changes(Connection warehouse, Collection<Trouble> known, Instant now) throws SQLException {
        List<Trouble> lasting = LASTING.query(
                warehouse, this::trouble, now, settings.nodeSilent().toMillis());
        if (!lasting.isEmpty() && isRolesOld(now)) {
            findRoles(warehouse, now);
            return changes(warehouse, known, now);
        }
        lasting.addAll(low(warehouse, lasting));
        List<TroubleChange> changes = new ArrayList<>();
        Set<String> last = new HashSet<>();
        for (Trouble trouble : lasting) {
            last.add(trouble.kind() + trouble.id());
            changes.add(TroubleChange.lasts(trouble));
        }
        List<Trouble> missing = known.stream()
                .filter(trouble -> trouble.kind() != Trouble.Kind.PIPELINE)
                .filter(trouble -> !last.contains(trouble.kind() + trouble.id()))
                .toList();
        if (!missing.isEmpty()) {
            changes.addAll(ends(warehouse, missing, now));
        }
        return changes;
    }

    private boolean isRolesOld(Instant now) {
        return rolesAt == null || rolesAt.plus(ROLES_EVERY).isBefore(now);
    }

    private void findRoles(Connection warehouse, Instant now) throws SQLException {
        roles = new HashSet<>(ROLES.query(warehouse, row -> row.text("node") + "/" + row.text("proxy")));
        rolesAt = now;
    }

    /** Role backends as {@code node/proxy}, as they were ten minutes ago at most. */
    Set<String> roles(Connection warehouse, Instant now) throws SQLException {
        if (isRolesOld(now)) {
            findRoles(warehouse, now);
        }
        return roles;
    }

    private Trouble trouble(SqlQuery.Row row) throws SQLException {
        return TroubleRows.of(row, roles.contains(row.text("node") + "/" + row.text("proxy")));
    }

    /** Of backends with a server that is DOWN, on the nodes that see it. */
    private List<Trouble> low(Connection warehouse, List<Trouble> lasting) throws SQLException {
        List<Trouble> down = lasting.stream()
                .filter(trouble -> trouble.kind() == Trouble.Kind.DOWN)
                .toList();
        if (settings.capacityBelow() == 0 || down.isEmpty()) {
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        down.forEach(trouble -> seen.add(trouble.node() + "/" + trouble.proxy()));
        List<String> proxies = down.stream().map(Trouble::proxy).distinct().toList();
        return LOW.query(warehouse, this::trouble, proxies, settings.capacityBelow()).stream()
                .filter(trouble -> seen.contains(trouble.node() + "/" + trouble.proxy()))
                .toList();
    }

    private static List<TroubleChange> ends(Connection warehouse, List<Trouble> missing, Instant now)
            throws SQLException {
        Map<String, End> found = new HashMap<>();
        ENDED.query(
                        warehouse,
                        End::of,
                        missing.stream().map(Trouble::since).distinct().toList())
                .forEach(end -> found.put(end.key(), end));
        List<TroubleChange> changes = new ArrayList<>();
        for (Trouble trouble : missing) {
            End end = found.get(trouble.kind() + trouble.id());
            boolean isState = trouble.kind() == Trouble.Kind.LOW || trouble.kind() == Trouble.Kind.SILENT;
            if (end == null) {
                changes.add(TroubleChange.over(trouble, now, isState ? "up" : TroubleChange.RETRACTED));
            } else if (end.at() != null) {
                changes.add(TroubleChange.over(trouble, end.at(), end.by() == null ? TroubleChange.UNKNOWN : end.by()));
            }
        }
        return changes;
    }
}
