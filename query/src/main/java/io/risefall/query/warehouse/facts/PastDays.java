package io.risefall.query.warehouse.facts;

import io.risefall.query.sql.SqlTransaction;
import io.risefall.schemas.key.EpochMicros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of sealed days that have left the warehouse. They are in the day's files, and for queries in a second file of DuckDB beside the
 * warehouse, made from these: who deletes it has it made again at the next start. A table from which rows have left is called otherwise
 * ({@link #stored}), and under its name stands a view of both. A row is in the warehouse or in the past, never in both: where a record
 * replaces one that has left, the rows of its whole day come back first, in the same transaction; the day is sealed again later, and leaves
 * again. Until a day has left, none of this is there. Opening is for the thread that opens the warehouse; the rest for any.
 */
public final class PastDays {
    /** The second file. */
    public static final String FILE = "past.duckdb";

    private static final Logger LOG = LoggerFactory.getLogger(PastDays.class);

    private final Path file;
    private final SealedFolder folder;
    private final PastFile past;
    private final Connection connection;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean parted;
    private volatile @Nullable LocalDate newest;
    private volatile boolean unreadable;
    private volatile List<String> problems = List.of();

    /**
     * @param warehouse its file
     * @param connection to the warehouse, not owned
     */
    public PastDays(Path warehouse, Connection connection) {
        file = warehouse.resolveSibling(FILE);
        folder = new SealedFolder(warehouse.resolveSibling(""));
        past = new PastFile(file, folder, connection);
        this.connection = connection;
    }

    /** Held by who writes rows of the warehouse: a day leaves while nobody does. */
    public ReentrantLock writing() {
        return writing;
    }

    /** Whether days may have left. */
    public boolean isParted() {
        return parted;
    }

    /** The name, in the schema {@code store}, of the table that has the rows of the warehouse. */
    public String stored(String table) {
        return parted && leaving(table).isPresent() ? FactSql.RECENT + table : table;
    }

    private static Optional<FactTable> leaving(String table) {
        return FactTables.LEAVING.stream()
                .filter(one -> one.table().equals(table))
                .findFirst();
    }

    FactSql sql() {
        return parted ? FactSql.PARTED : FactSql.WHOLE;
    }

    /** What is wrong with the files of days that have left: each with what to do. */
    public List<String> problems() {
        return problems;
    }

    /**
     * Gives the tables their names, so that another build can change them.
     *
     * @param withRows the rows come back, too; not those that cannot be read now
     */
    public void unite(boolean withRows) throws SQLException {
        if (!isPartedFile()) {
            return;
        }
        if (withRows) {
            past.attach();
            past.fill();
        }
        SqlTransaction.run(connection, () -> {
            if (withRows) {
                LeavingDay.bringBack(connection, LeftDay.days(LeftDay.visible(connection)));
            }
            for (FactTable table : FactTables.LEAVING) {
                execute(PastSql.unite(table));
            }
        });
    }

    /**
     * Reads the past from now on, if days have left or are to.
     *
     * @param leaving whether days are to
     */
    public void begin(boolean leaving) throws SQLException {
        parted = isPartedFile();
        if (!parted && !leaving && !isAnythingLeft()) {
            return;
        }
        past.attach();
        if (!parted) {
            SqlTransaction.run(connection, () -> {
                for (FactTable table : FactTables.LEAVING) {
                    execute(PastSql.part(table));
                }
            });
            parted = true;
        }
        problems = List.copyOf(past.fill());
        problems.forEach(LOG::error);
        know();
        if (!unreadable) {
            execute(List.of("delete from store.left_changes"));
        }
    }

    /**
     * As {@link #begin}, of a warehouse that this user may only read.
     *
     * @return whether that is possible: its owner must open it first if the file of the past is not made
     */
    public boolean beginToRead() throws SQLException {
        parted = isPartedFile();
        if (!parted) {
            return !exists("left_days") || !isAnythingLeft();
        }
        if (!Files.isReadable(file)) {
            return false;
        }
        past.attachToRead();
        return new HashSet<>(LeftDay.held(connection)).containsAll(LeftDay.visible(connection));
    }

    private boolean isAnythingLeft() throws SQLException {
        return LeftDay.all(connection).stream().anyMatch(one -> one.state() != LeftDay.State.DELETED);
    }

    private boolean isPartedFile() throws SQLException {
        return exists(FactSql.RECENT + FactTables.LEAVING.get(0).table());
    }

    private boolean exists(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select 1 from duckdb_tables() where schema_name = 'store'"
                        + " and database_name = current_database() and table_name = '" + table + "'")) {
            return found.next();
        }
    }

    private void execute(List<String> steps) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String step : steps) {
                statement.execute(step);
            }
        }
    }

    private void know() throws SQLException {
        List<LeftDay> left = LeftDay.all(connection);
        newest = left.stream()
                .filter(one -> one.state() != LeftDay.State.DELETED)
                .map(LeftDay::day)
                .max(LocalDate::compareTo)
                .orElse(null);
        unreadable = left.stream().anyMatch(one -> one.state() == LeftDay.State.UNREADABLE);
    }

    /**
     * Records of a table are about to be replaced: if one has left, its day comes back. Within the transaction that replaces them.
     *
     * @param keys theirs, which are in the table {@code stage_keys}
     */
    public void replaced(Connection writer, String name, Collection<String> keys) throws SQLException {
        LocalDate last = newest;
        Optional<FactTable> table = leaving(name).filter(FactTable::isKeyed);
        if (last == null || table.isEmpty()) {
            return;
        }
        long before = EpochMicros.of(last.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        if (keys.stream().noneMatch(key -> isBefore(key, before))) {
            return;
        }
        List<LocalDate> days = new ArrayList<>();
        try (Statement statement = writer.createStatement();
                ResultSet rows = statement.executeQuery(PastSql.daysOfKeys(table.get(), before))) {
            while (rows.next()) {
                days.add(rows.getObject(1, LocalDate.class));
            }
        }
        LeavingDay.bringBack(writer, days);
        if (unreadable) {
            try (Statement statement = writer.createStatement()) {
                statement.execute(PastSql.remember(table.get()));
            }
        }
    }

    /** Whether what a key is about began before: keys end with the time at which it did, in microseconds. */
    private static boolean isBefore(String key, long micros) {
        try {
            return Long.parseLong(key.substring(key.lastIndexOf('/') + 1)) < micros;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** The rows of a day come back, as it is to be sealed again. */
    void bringBack(Connection warehouse, LocalDate day) throws SQLException {
        alone(() -> SqlTransaction.run(warehouse, () -> LeavingDay.bringBack(warehouse, List.of(day))));
    }

    /**
     * The rows of a sealed day leave the warehouse, if they are those of its files. Called by who holds the lock of the folder.
     *
     * @return whether they were
     */
    boolean leave(Connection warehouse, SealedDay day) throws SQLException, IOException {
        LeavingDay leaving = new LeavingDay(warehouse, day);
        if (!leaving.isReady()) {
            return false;
        }
        List<String> wrong = folder.problems(day);
        if (!wrong.isEmpty()) {
            throw new IOException(String.join("; ", wrong));
        }
        writing.lock();
        try {
            if (!leaving.isReady()) {
                return false;
            }
            leaving.leave();
            know();
            return true;
        } finally {
            writing.unlock();
        }
    }

    /** Compares what has left with the manifests: what was deleted for its age leaves the answers too; what is wrong is told. */
    void look(Connection warehouse, List<SealedDay> days) throws SQLException {
        if (!parted) {
            return;
        }
        Map<LocalDate, SealedDay> sealed = days.stream().collect(Collectors.toMap(SealedDay::day, day -> day));
        List<String> found = new ArrayList<>();
        List<LeftDay> gone = new ArrayList<>();
        for (LeftDay left : LeftDay.all(warehouse)) {
            Optional<SealedDay> day = Optional.ofNullable(sealed.get(left.day()));
            if (left.state() == LeftDay.State.DELETED) {
                continue;
            }
            if (day.isPresent() && day.get().deleted().contains(left.table())) {
                gone.add(left);
            } else {
                problem(left, day).ifPresent(found::add);
            }
        }
        alone(() -> {
            SqlTransaction.run(warehouse, () -> {
                for (LeftDay left : gone) {
                    left.become(warehouse, LeftDay.State.DELETED);
                }
            });
            know();
        });
        for (LeftDay left : gone) {
            PastFile.forget(warehouse, left);
        }
        if (!found.equals(problems)) {
            found.forEach(LOG::error);
        }
        problems = List.copyOf(found);
    }

    private void alone(SqlTransaction.Work work) throws SQLException {
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }

    private Optional<String> problem(LeftDay left, Optional<SealedDay> day) {
        if (day.isEmpty() && left.isVisible()) {
            return Optional.empty(); // it is sealed again
        }
        Path manifest = folder.manifest(left.day());
        Path its = folder.root().resolve(left.file().path());
        Optional<SealedFile> sealed = day.flatMap(one -> one.of(left.facts()));
        if (sealed.isEmpty()) {
            return Optional.of("the manifest " + manifest + " is missing, or names no " + left.table()
                    + ": take it from a backup");
        }
        if (!sealed.get().sha256().equals(left.sha256()) || !folder.isThere(sealed.get())) {
            return Optional.of(
                    its + " is missing, or is not the one whose rows have left: take it from a backup, or delete "
                            + manifest + ", and the day is sealed again from " + file);
        }
        return left.isVisible()
                ? Optional.empty()
                : Optional.of(its + " could not be read at the start: restart the service to read it");
    }

    /** The days of which rows have left and are read. */
    Set<LocalDate> left(Connection warehouse) throws SQLException {
        return parted ? Set.copyOf(LeftDay.days(LeftDay.visible(warehouse))) : Set.of();
    }

    /** The days of which something cannot be read. */
    Set<LocalDate> unreadable(Connection warehouse) throws SQLException {
        return LeftDay.all(warehouse).stream()
                .filter(one -> one.state() == LeftDay.State.UNREADABLE)
                .map(LeftDay::day)
                .collect(Collectors.toSet());
    }
}
