package io.risefall.query.warehouse;

import io.risefall.query.reading.ReadingPlan;
import io.risefall.query.reading.StoredPositions;
import io.risefall.query.reading.StoredReading;
import io.risefall.query.reading.StreamsBacklog;
import io.risefall.query.sql.SqlFiles;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.derived.NodeBacklog;
import io.risefall.query.warehouse.derived.Repeats;
import io.risefall.query.warehouse.derived.SameHosts;
import io.risefall.query.warehouse.derived.Silences;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.query.warehouse.table.Row;
import io.risefall.query.warehouse.table.Table;
import io.risefall.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * One DuckDB file: what the topics said, as tables, and the views on which users rely. One process may have it open; in
 * it one thread writes ({@link #write}) and any number read on connections of their own ({@link #read}).
 */
public final class Warehouse implements AutoCloseable {
    /**
     * Of the private tables, to be raised with every change of them: a file of a higher one was written by a newer Risefall,
     * one of a lower one gets what it lacks.
     */
    static final int VERSION = 15;

    private final Path file;
    private final DuckDBConnection connection;
    private final Repeats repeats;
    private final Silences silences;
    private final SameHosts sameHosts;
    private final StoredPositions positions;
    private final Transactions transactions;

    private Warehouse(Path file, DuckDBConnection connection) {
        this.file = file;
        this.connection = connection;
        repeats = new Repeats(connection);
        silences = new Silences(connection);
        sameHosts = new SameHosts(connection);
        positions = new StoredPositions(connection);
        transactions = new Transactions(connection);
    }

    /**
     * Opens the file, or creates it. A file that this user may read and not write, as one that is shared with a group, is
     * opened to read, as its owner left it: days begin in the owner's zone.
     *
     * @param zone the report zone: where days begin in the view {@code server_day}
     * @throws WarehouseException when it is in use, damaged or of a newer version
     */
    public static Warehouse open(Path file, ZoneId zone) {
        return open(file, zone, null);
    }

    /**
     * As above.
     *
     * @param roles which backends are role backends by wish; kept in the file. Null: as before
     */
    public static Warehouse open(Path file, ZoneId zone, @Nullable RolePatterns roles) {
        return open(file, zone, roles, SqlSandbox.DUCKDB_MIB);
    }

    static Warehouse open(Path file, ZoneId zone, @Nullable RolePatterns roles, long memoryMib) {
        Connection connection = null;
        try {
            boolean readOnly = Files.exists(file) && !Files.isWritable(file);
            Properties properties = new Properties();
            properties.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, Boolean.toString(readOnly));
            connection = DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), properties);
            Warehouse warehouse = new Warehouse(file, connection.unwrap(DuckDBConnection.class));
            if (readOnly) {
                warehouse.prepareToRead(memoryMib);
            } else {
                warehouse.prepare(zone, roles, memoryMib);
            }
            return warehouse;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw WarehouseProblems.opening(file, e);
        } catch (WarehouseException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private void prepareToRead(long memoryMib) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int found = beginAtVersion(statement);
            if (found < VERSION) {
                throw new WarehouseException("cannot read " + file + ": it was written by an older Risefall"
                        + " (version " + found + ", this one has " + VERSION + ") and this user may not write"
                        + " to it; its owner must open it once");
            }
        }
        SqlSandbox.lock(connection, memoryMib + "MiB");
    }

    private int beginAtVersion(Statement statement) throws SQLException {
        statement.execute("set TimeZone = 'UTC'");
        // It makes a CTE of what a query has twice, and with a LIMIT above DuckDB 2.0.0 can wait for that for ever.
        statement.execute("set disabled_optimizers = 'common_subplan'");
        int found = version(statement);
        if (found > VERSION) {
            throw new WarehouseException("cannot open " + file + ": it has version " + found
                    + ", but this Risefall supports " + VERSION
                    + "; use the newer Risefall, or move the file away to build it again from Kafka");
        }
        return found;
    }

    private void prepare(ZoneId zone, @Nullable RolePatterns roles, long memoryMib) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int found = beginAtVersion(statement);
            String digest = SqlFiles.digest();
            if (found < VERSION || !isMadeFrom(digest, statement)) {
                makeTables(statement, found);
                makeViews(statement, digest);
            }
        }
        set(zone, roles);
        SqlSandbox.lock(connection, memoryMib + "MiB");
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
            if (!repeatsKept) {
                repeats.workOut();
            }
            if (found < VERSION) {
                sameHosts.workOut();
                readAgain(statement);
                statement.execute("delete from store.version");
                statement.execute("insert into store.version values (" + VERSION + ")");
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
                execute("delete from store.settings");
                setting.setString(1, ZoneNames.of(zone));
                setting.setString(2, roles == null ? rolesBefore : roles.text());
                setting.execute();
            }
        }
    }

    /** A connection for reading; the caller closes it. */
    public Connection read() {
        try {
            return connection.duplicate();
        } catch (SQLException e) {
            throw WarehouseProblems.reading(file, e);
        }
    }

    /** The next offset to read of each topic partition; empty for a new file. */
    public Map<TopicPartition, Long> nextOffsets() {
        try {
            transactions.end();
            return positions.next();
        } catch (SQLException e) {
            throw WarehouseProblems.reading(file, e);
        }
    }

    /** What it knows of its reading. Called by the thread that writes. */
    StoredReading reading() {
        try {
            transactions.end();
            return positions.read();
        } catch (SQLException e) {
            throw WarehouseProblems.reading(file, e);
        }
    }

    /** From now on this is what is read; what it misses is kept in the view {@code gaps}. Called by the thread that writes. */
    void begin(ReadingPlan plan) {
        inTransaction(() -> positions.begin(plan));
    }

    /**
     * Writes a batch and its offsets in one transaction: all of it, or on an exception nothing. Called by one thread.
     *
     * @throws WarehouseException with what stopped it, as a full disk
     */
    public void write(Batch batch) {
        inTransaction(() -> {
            for (Map.Entry<Table, List<Object>> rows : batch.appended().entrySet()) {
                append(rows.getKey(), rows.getValue());
            }
            for (Map.Entry<Table, Map<String, @Nullable Object>> rows :
                    batch.keyed().entrySet()) {
                replace(rows.getKey(), rows.getValue());
            }
            repeats.written(batch.events());
            silences.written(batch.nodesAlive());
            sameHosts.written(batch.events());
            positions.write(batch.nextOffsets());
        });
    }

    /** How far the streams part is behind what it reads: of this the view {@code nodes} tells. Called by the thread that writes. */
    public void streamsAreBehind(Map<TopicPartition, StreamsBacklog> lag) {
        inTransaction(() -> new NodeBacklog(connection).write(lag));
    }

    private void inTransaction(Transactions.Changes changes) {
        try {
            transactions.run(changes);
        } catch (SQLException e) {
            throw WarehouseProblems.writing(file, e);
        }
    }

    private void append(Table table, List<Object> values) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender("store", table.table())) {
            for (Object value : values) {
                table.put(appender, "", value);
            }
        }
    }

    /** Deletes the rows of all keys, then appends those that have a value. */
    private void replace(Table table, Map<String, @Nullable Object> values) throws SQLException {
        execute("create or replace temp table stage_keys (record_key varchar)");
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "stage_keys")) {
            for (String key : values.keySet()) {
                new Row(appender).text(key).end();
            }
        }
        execute("delete from store." + table.table() + " where record_key in (select record_key from stage_keys)");
        try (DuckDBAppender appender = connection.createAppender("store", table.table())) {
            for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
                if (entry.getValue() != null) {
                    table.put(appender, entry.getKey(), entry.getValue());
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw new WarehouseException("cannot close the warehouse: " + e.getMessage(), e);
        }
    }
}
