package io.risefall.query.page.now;

import io.risefall.query.alert.route.Silencing;
import io.risefall.query.alert.route.Silencing.Silenced;
import io.risefall.query.diagnose.Diagnoses;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how the fleet is now. Has no state. */
final class FleetReader {
    private static final SqlQuery SERVERS = new SqlQuery("page/now/servers.sql");
    private static final SqlQuery BACKENDS = new SqlQuery("page/now/backends.sql");
    private static final SqlQuery NODES = new SqlQuery("page/now/nodes.sql");
    private static final SqlQuery COUNT = new SqlQuery("page/now/count.sql");
    private static final SqlQuery INCIDENTS = new SqlQuery("page/now/incidents.sql");

    /** More cards at a time nobody reads; all servers are listed below them. */
    private static final int MOST_DIAGNOSED = 8;

    private FleetReader() {}

    private record Incident(
            String id,
            String label,
            Instant startedAt,
            int servers,
            boolean emptied,
            String left,
            List<String> outages) {
        static Incident read(SqlQuery.Row row) throws SQLException {
            return new Incident(
                    row.text("incident_id"),
                    row.text("label"),
                    row.at("started_us"),
                    row.count("servers"),
                    row.count("emptied") > 0,
                    left(row),
                    row.texts("outage_ids"));
        }

        private static String left(SqlQuery.Row row) throws SQLException {
            if (row.textOrNull("worst_backend") == null) {
                return "";
            }
            long backups = row.number("backup_left");
            return row.text("worst_backend") + " had " + row.number("active_left") + " of "
                    + Counts.plural(row.number("active_before"), "server")
                    + (backups == 0 ? "" : " and " + Counts.plural(backups, "backup"));
        }
    }

    static FleetNow read(Connection views, ZoneId zone, Instant now, ReadingState reading) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            List<ServerNow> trouble = SERVERS.query(views, ServerNow::read);
            List<BackendNow> backends = BACKENDS.query(views, BackendNow::read);
            Silencing silences = Silencing.read(views, now);
            return new FleetNow(
                    now,
                    COUNT.query(views, row -> row.count("servers")).get(0)
                            + backends.stream().mapToInt(BackendNow::unnamed).sum(),
                    trouble,
                    backends,
                    NODES.query(views, NodeNow::read),
                    cards(views, zone, trouble, silences),
                    silences.silences(),
                    behind(reading));
        }
    }

    private static List<IncidentCard> cards(Connection views, ZoneId zone, List<ServerNow> trouble, Silencing silences)
            throws SQLException {
        Map<String, ServerNow> down = new LinkedHashMap<>();
        trouble.stream()
                .filter(server -> server.outageId() != null)
                .forEach(server -> down.put(server.outageId(), server));
        if (down.isEmpty()) {
            return List.of();
        }
        List<Incident> incidents = INCIDENTS.query(views, Incident::read);
        Map<String, OutageDiagnosis> diagnosed = new Diagnoses(views, zone, false).causes(leading(incidents, down));
        return incidents.stream()
                .map(incident -> card(incident, down, diagnosed, silences))
                .toList();
    }

    /** Of each incident the outage that lasts longest. */
    private static Map<String, Instant> leading(List<Incident> incidents, Map<String, ServerNow> down) {
        Map<String, Instant> leading = new HashMap<>();
        for (Incident incident : incidents) {
            if (leading.size() < MOST_DIAGNOSED) {
                incident.outages().stream()
                        .filter(down::containsKey)
                        .findFirst()
                        .ifPresent(id -> leading.put(
                                id, Objects.requireNonNull(down.get(id).outageAt())));
            }
        }
        return leading;
    }

    private static IncidentCard card(
            Incident incident,
            Map<String, ServerNow> down,
            Map<String, OutageDiagnosis> diagnosed,
            Silencing silences) {
        Set<String> outages = new HashSet<>(incident.outages());
        List<ServerNow> still = down.entrySet().stream()
                .filter(one -> outages.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return new IncidentCard(
                incident.id(),
                incident.label(),
                incident.startedAt(),
                still.stream().map(ServerNow::name).collect(Collectors.toList()),
                incident.servers(),
                incident.left(),
                incident.emptied(),
                !still.isEmpty() && still.stream().allMatch(ServerNow::standby),
                silencedUntil(still, silences),
                incident.outages().stream()
                        .map(diagnosed::get)
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable Instant silencedUntil(List<ServerNow> still, Silencing silences) {
        Instant until = null;
        for (ServerNow server : still) {
            Optional<Silenced> silence = silences.of(server.proxy(), server.server(), server.on());
            if (silence.isEmpty()) {
                return null;
            }
            Instant end = silence.get().until();
            until = until == null || end.isBefore(until) ? end : until;
        }
        return until;
    }

    private static String behind(ReadingState reading) {
        if (reading.awaySince() != null) {
            return "Kafka is away: this is what was known before.";
        }
        long behind =
                reading.behind().values().stream().mapToLong(Long::longValue).sum();
        return behind == 0 ? "" : Counts.plural(behind, "record") + " still to be read.";
    }
}
