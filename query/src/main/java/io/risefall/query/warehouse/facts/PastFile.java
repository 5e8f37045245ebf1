package io.risefall.query.warehouse.facts;

import io.risefall.query.sql.SqlTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second file of DuckDB, which has the rows of days that have left the warehouse, attached to it as {@code past}. It is made of the files
 * of these days, and made again where it is not as it should be. Used by the thread that opens the warehouse.
 */
final class PastFile {
    private static final Logger LOG = LoggerFactory.getLogger(PastFile.class);

    private final Path file;
    private final SealedFolder folder;
    private final Connection connection;
    private boolean attached;

    /** @param connection to the warehouse, not owned */
    PastFile(Path file, SealedFolder folder, Connection connection) {
        this.file = file;
        this.folder = folder;
        this.connection = connection;
    }

    boolean isAttached() {
        return attached;
    }

    /** Reads it from now on, and writes it. */
    void attach() throws SQLException {
        if (attached) {
            return;
        }
        try {
            attach("");
        } catch (SQLException e) {
            if (!putAway(e)) {
                throw e;
            }
            attach("");
        }
        execute("create schema if not exists past.store");
        execute(LeftDay.MAKE_HELD);
        for (FactTable table : FactTables.LEAVING) {
            execute(PastSql.make(table));
        }
    }

    /** Only reads it. */
    void attachToRead() throws SQLException {
        attach(" (read_only)");
    }

    private void attach(String how) throws SQLException {
        try {
            execute("attach '" + file.toAbsolutePath().toString().replace("'", "''") + "' as past" + how);
            attached = true;
        } catch (SQLException e) {
            throw new SQLException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    /** What cannot be opened is made again: nobody else has it open, as nobody else has the warehouse. */
    private boolean putAway(SQLException why) {
        Path away = file.resolveSibling(PastDays.FILE + ".damaged");
        try {
            Files.deleteIfExists(file.resolveSibling(PastDays.FILE + ".wal"));
            Files.move(file, away, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            why.addSuppressed(e);
            return false;
        }
        LOG.warn("{}; it is made again, and is now {}", why.getMessage(), away);
        return true;
    }

    /**
     * Has it hold what has left, and nothing else: reads files where it does not.
     *
     * @return what cannot be read, and why
     */
    List<String> fill() throws SQLException {
        List<LeftDay> left = LeftDay.all(connection);
        Set<LeftDay> held = new HashSet<>(LeftDay.held(connection));
        for (LeftDay stale : held) {
            if (left.stream().noneMatch(stale::equals)) {
                forget(connection, stale);
            }
        }
        List<String> problems = new ArrayList<>();
        List<LeftDay> readAgain = new ArrayList<>();
        for (LeftDay one : left) {
            if (one.state() != LeftDay.State.DELETED && !held.contains(one)) {
                Optional<String> problem = read(one);
                problem.ifPresent(problems::add);
                if (problem.isPresent()) {
                    one.become(connection, LeftDay.State.UNREADABLE);
                } else if (one.state() == LeftDay.State.UNREADABLE) {
                    readAgain.add(one);
                }
            }
        }
        bringBack(readAgain);
        return problems;
    }

    /** What could not be read and now can goes to the warehouse: its files do not have what was written meanwhile. */
    private void bringBack(List<LeftDay> read) throws SQLException {
        SqlTransaction.run(connection, () -> {
            for (LeftDay one : read) {
                one.become(connection, LeftDay.State.LEFT);
            }
            LeavingDay.bringBack(connection, LeftDay.days(read));
        });
    }

    /** Reads the file of a table and day, if it is as it was when the rows left; else says what is wrong. */
    private Optional<String> read(LeftDay left) throws SQLException {
        SealedFile sealed = left.file();
        Path path = folder.root().resolve(sealed.path());
        try {
            Optional<String> problem = folder.problem(left.day(), sealed);
            if (problem.isPresent()) {
                return problem;
            }
        } catch (IOException e) {
            return Optional.of(path + " cannot be read: " + e.getMessage());
        }
        boolean changed = left.state() == LeftDay.State.UNREADABLE;
        SqlTransaction.run(connection, () -> {
            execute(PastSql.forget(left.facts(), left.day()));
            try (PreparedStatement read =
                    connection.prepareStatement(PastSql.read(left.facts(), left.day(), changed))) {
                read.setString(1, path.toString());
                int rows = read.executeUpdate();
                if (!changed && rows != left.rows()) {
                    throw new SQLException(path + " has " + rows + " rows, and not " + left.rows());
                }
            }
            left.hold(connection);
        });
        return Optional.empty();
    }

    /** Deletes rows that do not count. */
    static void forget(Connection warehouse, LeftDay stale) throws SQLException {
        SqlTransaction.run(warehouse, () -> {
            try (Statement statement = warehouse.createStatement()) {
                statement.execute(PastSql.forget(stale.facts(), stale.day()));
            }
            stale.release(warehouse);
        });
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
