package io.risefall.query.warehouse;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.derived.CheckGaps;
import io.risefall.query.warehouse.derived.LastEvents;
import io.risefall.query.warehouse.derived.Repeats;
import io.risefall.query.warehouse.derived.SameHosts;
import io.risefall.query.warehouse.facts.PastDays;
import io.risefall.schemas.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Makes of a file what this build works with: tables and views of its version, and settings. Used once, by the thread that opens it. */
final class WarehouseSetup {
    /** The first version in which the table of events has what reports once found in its messages. */
    private static final int TYPED_EVENTS = 16;

    /** The first one in which it has the way by which a line came. */
    private static final int LOG_TARGETS = 17;

    /** The first one that keeps the time of the last line of each node: see {@link LastEvents}. */
    private static final int LAST_EVENTS = 19;

    /** The first one that keeps what {@link CheckGaps} goes on from. */
    private static final int CHECK_SPANS = 25;

    private final Path file;
    private final Connection connection;
    private final Transactions transactions;
    private final Repeats repeats;
    private final CheckGaps checkGaps;
    private final LastEvents lastEvents;
    private final SameHosts sameHosts;
    private final PastDays past;

    WarehouseSetup(
            Path file,
            Connection connection,
            Transactions transactions,
            Repeats repeats,
            CheckGaps checkGaps,
            LastEvents lastEvents,
            SameHosts sameHosts,
            PastDays past) {
        this.file = file;
        this.connection = connection;
        this.transactions = transactions;
        this.repeats = repeats;
        this.checkGaps = checkGaps;
        this.lastEvents = lastEvents;
        this.sameHosts = sameHosts;
        this.past = past;
    }

    /** @throws WarehouseException when this build cannot read it as it is */
    void prepareToRead() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int found = beginAtVersion(statement);
            if (found < Warehouse.VERSION) {
                throw new WarehouseException("cannot read " + file + ": it was written by an older Risefall"
                        + " (version " + found + ", this one has " + Warehouse.VERSION + ") and this user may not write"
                        + " to it; its owner must open it once");
            }
        }
        if (!past.beginToRead()) {
            throw new WarehouseException("cannot read " + file + ": rows of sealed days are not in " + PastDays.FILE
                    + " beside it, and this user may not write there; its owner must open it once");
        }
    }

    private int beginAtVersion(Statement statement) throws SQLException {
        statement.execute("set TimeZone = 'UTC'");
        // It makes a CTE of what a query has twice, and with a LIMIT above DuckDB 2.0.0 can wait for that for ever.
        statement.execute("set disabled_optimizers = 'common_subplan'");
        // Where it guesses that few rows come to an ASOF join, it compares each with all of the other side. It guesses
        // too low.
        statement.execute("set asof_loop_join_threshold = 0");
        int found = version(statement);
        if (found > Warehouse.VERSION) {
            throw new WarehouseException("cannot open " + file + ": it has version " + found
                    + ", but this Risefall supports " + Warehouse.VERSION
                    + "; use the newer Risefall, or move the file away to build it again from Kafka");
        }
        return found;
    }

    /**
     * Gives it what it lacks.
     *
     * @param roles null: as before
     */
    void prepare(ZoneId zone, @Nullable RolePatterns roles) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int found = beginAtVersion(statement);
            String digest = SqlFiles.digest();
            if (found < Warehouse.VERSION || !isMadeFrom(digest, statement)) {
                past.unite(found < Warehouse.VERSION);
                makeTables(statement, found);
                makeViews(statement, digest);
            }
        }
        set(zone, roles);
    }

    /** Whether tables and views are those of this build: to make them takes a second. */
    private static boolean isMadeFrom(String digest, Statement statement) throws SQLException {
        if (!exists(statement, "made_from")) {
            return false;
        }
        try (ResultSet made = statement.executeQuery("select max(digest) from store.made_from")) {
            made.next();
            return digest.equals(made.getString(1));
        }
    }

    private void makeViews(Statement statement, String digest) throws SQLException {
        transactions.run(() -> {
            statement.execute("delete from store.made_from");
            for (String view : SqlFiles.VIEWS) {
                SqlFiles.run(connection, view);
            }
            statement.execute("insert into store.made_from values ('" + digest + "')");
        });
    }

    private static boolean exists(Statement statement, String table) throws SQLException {
        try (ResultSet tables = statement.executeQuery("select 1 from information_schema.tables"
                + " where table_schema = 'store' and table_name = '" + table + "'")) {
            return tables.next();
        }
    }

    /** 0 where nothing is stored yet. */
    private static int version(Statement statement) throws SQLException {
        if (!exists(statement, "version")) {
            return 0;
        }
        try (ResultSet version = statement.executeQuery("select coalesce(max(version), 0) from store.version")) {
            version.next();
            return version.getInt(1);
        }
    }

    /** Makes what a file of version {@code found} lacks, all of it or nothing. */
    private void makeTables(Statement statement, int found) throws SQLException {
        transactions.run(() -> {
            boolean repeatsKept = repeats.areKept();
            SqlFiles.run(connection, SqlFiles.TABLES);
            if (found > 0 && found < TYPED_EVENTS) {
                SqlFiles.run(connection, "upgrade/typed_events.sql");
            }
            if (found > 0 && found < LOG_TARGETS) {
                SqlFiles.run(connection, "upgrade/log_targets.sql");
            }
            if (!repeatsKept || found < LOG_TARGETS) {
                repeats.workOut();
            }
            if (found < LAST_EVENTS) {
                lastEvents.workOut();
            }
            if (found < CHECK_SPANS) {
                checkGaps.workOut();
            }
            if (found < Warehouse.VERSION) {
                sameHosts.workOut();
                readAgain(statement);
                statement.execute("delete from store.version");
                statement.execute("insert into store.version values (" + Warehouse.VERSION + ")");
            }
        });
    }

    /** What an older version did not know it has left out: topics that keep the last record of each key have it still. */
    private static void readAgain(Statement statement) throws SQLException {
        for (Topics topic : Topics.values()) {
            if (topic.cleanupPolicy().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                statement.execute("delete from store.offsets where topic = '" + topic.topic() + "'");
            }
        }
    }

    private void set(ZoneId zone, @Nullable RolePatterns roles) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet before = statement.executeQuery("select max(role_backends) from store.settings")) {
            before.next();
            String rolesBefore = before.getString(1);
            try (PreparedStatement setting =
                    connection.prepareStatement("insert into store.settings (zone, role_backends) values (?, ?)")) {
                statement.execute("delete from store.settings");
                setting.setString(1, ZoneNames.of(zone));
                setting.setString(2, roles == null ? rolesBefore : roles.text());
                setting.execute();
            }
        }
    }
}
