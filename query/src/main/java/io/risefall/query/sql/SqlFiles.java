package io.risefall.query.sql;

import io.risefall.schemas.key.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The SQL files of this module, in the order in which they build on each other. */
public final class SqlFiles {
    public static final String TABLES = "tables.sql";

    public static final List<String> VIEWS = List.of(
            "views/same_hosts.sql",
            "views/node_known.sql",
            "views/events.sql",
            "views/checks.sql",
            "views/absences.sql",
            "views/silences.sql",
            "views/doubts.sql",
            "views/state_times.sql",
            "views/states.sql",
            "views/losses.sql",
            "views/sightings.sql",
            "views/backend_outages.sql",
            "views/leadership.sql",
            "views/role_backends.sql",
            "views/failovers.sql",
            "views/leaderless.sql",
            "views/outages.sql",
            "views/outage_evidence.sql",
            "views/processes.sql",
            "views/changes.sql",
            "views/names.sql",
            "views/differences.sql",
            "views/alert_silences.sql",
            "views/notifications.sql",
            "views/near_misses.sql",
            "views/near_miss_day.sql",
            "views/flapping.sql",
            "views/servers.sql",
            "views/reasons_hour.sql",
            "views/incident_outages.sql",
            "views/incidents.sql",
            "views/rejected.sql",
            "views/nodes.sql",
            "views/drops.sql",
            "views/gaps.sql",
            "views/interruptions.sql",
            "views/senders.sql",
            "views/unknown_headers.sql",
            "views/ingest.sql",
            "views/server_day.sql",
            "views/budget.sql",
            "views/reasons_day.sql",
            "views/failure_hours.sql",
            "views/check_days.sql",
            "views/flappers.sql",
            "views/maintenance.sql",
            "views/usable_servers.sql",
            "views/capacity.sql",
            "views/alerts.sql");

    private SqlFiles() {}

    /** Stands for the tables and views that these files make. */
    public static String digest() {
        MessageDigest digest = Digests.sha256();
        digest.update(read(TABLES).getBytes(StandardCharsets.UTF_8));
        VIEWS.forEach(view -> digest.update(read(view).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Runs every statement of a file. */
    public static void run(Connection connection, String file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(read(file));
        } catch (SQLException e) {
            throw new SQLException(file + ": " + e.getMessage(), e);
        }
    }

    /** The text of {@code file}, relative to {@code io/risefall/query}. */
    public static String read(String file) {
        return find(file).orElseThrow(() -> new IllegalStateException("not in the jar: " + file));
    }

    /** The same of one that need not be there. */
    public static Optional<String> find(String file) {
        try (InputStream in = SqlFiles.class.getResourceAsStream("/io/risefall/query/" + file)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
