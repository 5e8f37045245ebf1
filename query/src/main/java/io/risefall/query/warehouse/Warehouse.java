package io.risefall.query.warehouse;

import io.risefall.query.reading.ReadingPlan;
import io.risefall.query.reading.StoredPositions;
import io.risefall.query.reading.StoredReading;
import io.risefall.query.reading.StreamsBacklog;
import io.risefall.query.sql.PreparedStatements;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.derived.CheckGaps;
import io.risefall.query.warehouse.derived.LastEvents;
import io.risefall.query.warehouse.derived.NodeBacklog;
import io.risefall.query.warehouse.derived.Repeats;
import io.risefall.query.warehouse.derived.SameHosts;
import io.risefall.query.warehouse.derived.Silences;
import io.risefall.query.warehouse.facts.PastDays;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.query.warehouse.table.Row;
import io.risefall.query.warehouse.table.Staging;
import io.risefall.query.warehouse.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
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
    static final int VERSION = 26;

    private final Path file;
    private final DuckDBConnection connection;
    private final PreparedStatements statements;
    private final Staging keys;
    private final Repeats repeats;
    private final CheckGaps checkGaps;
    private final LastEvents lastEvents;
    private final Silences silences;
    private final SameHosts sameHosts;
    private final StoredPositions positions;
    private final Transactions transactions;
    private final PastDays past;

    private Warehouse(Path file, DuckDBConnection connection) {
        this.file = file;
        this.connection = connection;
        statements = new PreparedStatements(connection);
        keys = new Staging(connection, statements, "stage_keys", "record_key varchar");
        repeats = new Repeats(connection, statements);
        checkGaps = new CheckGaps(connection, statements);
        lastEvents = new LastEvents(connection, statements);
        silences = new Silences(connection, statements);
        sameHosts = new SameHosts(connection, statements);
        positions = new StoredPositions(connection, statements);
        transactions = new Transactions(connection);
        past = new PastDays(file, connection);
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
        return open(file, zone, roles, false);
    }

    /**
     * As above.
     *
     * @param leaving whether rows of sealed days are to leave it from now on; those that have left are read in any case
     */
    public static Warehouse open(Path file, ZoneId zone, @Nullable RolePatterns roles, boolean leaving) {
        return open(file, zone, roles, leaving, SqlSandbox.DUCKDB_MIB);
    }

    static Warehouse open(Path file, ZoneId zone, @Nullable RolePatterns roles, boolean leaving, long memoryMib) {
        Connection connection = null;
        EmptyWarehouse.copyTo(file);
        try {
            boolean readOnly = Files.exists(file) && !Files.isWritable(file);
            Properties properties = new Properties();
            properties.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, Boolean.toString(readOnly));
            connection = DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), properties);
            Warehouse warehouse = new Warehouse(file, connection.unwrap(DuckDBConnection.class));
            warehouse.prepare(readOnly, zone, roles, leaving);
            SqlSandbox.lock(connection, memoryMib + "MiB");
            return warehouse;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw WarehouseProblems.opening(file, e);
        } catch (WarehouseException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private void prepare(boolean readOnly, ZoneId zone, @Nullable RolePatterns roles, boolean leaving)
            throws SQLException {
        WarehouseSetup setup =
                new WarehouseSetup(file, connection, transactions, repeats, checkGaps, lastEvents, sameHosts, past);
        if (readOnly) {
            setup.prepareToRead();
        } else {
            setup.prepare(zone, roles);
            past.begin(leaving);
        }
    }

    /** The days whose rows have left. */
    public PastDays past() {
        return past;
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
            return transactions.read(positions::next);
        } catch (SQLException e) {
            throw WarehouseProblems.reading(file, e);
        }
    }

    /** What it knows of its reading. Called by the thread that writes. */
    StoredReading reading() {
        try {
            return transactions.read(positions::read);
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
            checkGaps.written(batch.events());
            lastEvents.written(batch.events());
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
        past.writing().lock();
        try {
            transactions.run(changes);
        } catch (SQLException e) {
            throw WarehouseProblems.writing(file, e);
        } finally {
            past.writing().unlock();
        }
    }

    private void append(Table table, List<Object> values) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender("store", past.stored(table.table()))) {
            for (Object value : values) {
                table.put(appender, "", value);
            }
        }
    }

    /** Deletes the rows of all keys, then appends those that have a value. */
    private void replace(Table table, Map<String, @Nullable Object> values) throws SQLException {
        try (DuckDBAppender appender = keys.fill()) {
            for (String key : values.keySet()) {
                new Row(appender).text(key).end();
            }
        }
        past.replaced(connection, table.table(), values.keySet());
        String stored = past.stored(table.table());
        statements.run("delete from store." + stored + " where record_key in (select record_key from stage_keys)");
        try (DuckDBAppender appender = connection.createAppender("store", stored)) {
            for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
                if (entry.getValue() != null) {
                    table.put(appender, entry.getKey(), entry.getValue());
                }
            }
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
