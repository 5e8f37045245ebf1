package io.risefall.query;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers SQL of users, shut in: one SELECT in a read-only transaction of an instance that {@link #lock} has cut off from
 * files, network, extensions and settings, with a time limit. Any thread; {@link #close} cancels what runs.
 *
 * <p>DuckDB's memory limit covers sorts, joins and aggregates, but not a single huge list ({@code select range(0,
 * 3000000000)}): that can take all memory of the process. Who may send SQL is trusted that far.
 */
public final class SqlSandbox implements AutoCloseable {
    private final Supplier<Connection> connections;
    private final Duration limit;
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();

    /** @param connections gives a new connection to a locked instance; the sandbox closes it */
    public SqlSandbox(Supplier<Connection> connections, Duration limit) {
        this.connections = connections;
        this.limit = limit;
    }

    /**
     * Shuts the instance behind a connection in, for good. Its owner can still write and checkpoint.
     *
     * @param memoryLimit as DuckDB writes it, {@code 512MB}
     */
    static void lock(Connection connection, String memoryLimit) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set memory_limit = '" + memoryLimit + "'");
            statement.execute("set enable_external_access = false");
            statement.execute("set autoinstall_known_extensions = false");
            statement.execute("set autoload_known_extensions = false");
            statement.execute("set lock_configuration = true");
        }
    }

    /**
     * Runs one SELECT and writes its rows.
     *
     * @throws QueryException when it is no single SELECT, does something forbidden, is wrong, takes too long or is cancelled
     */
    public void query(String sql, ResultFormat format, OutputStream out) {
        try (Connection connection = connections.get();
                Statement transaction = connection.createStatement()) {
            transaction.execute("begin transaction read only");
            try (PreparedStatement statement = connection.prepareStatement("select * from query(?)")) {
                statement.setString(1, sql);
                statement.setQueryTimeout((int) limit.toSeconds());
                running.add(statement);
                try (ResultSet rows = statement.executeQuery()) {
                    format.write(rows, out);
                } finally {
                    running.remove(statement);
                }
            } finally {
                transaction.execute("rollback");
            }
        } catch (SQLTimeoutException e) {
            throw new QueryException("cancelled: it took longer than " + limit.toSeconds() + " s", e);
        } catch (SQLException e) {
            throw new QueryException(oneLine(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** DuckDB's message without its drawing of the statement, but with its hint. */
    private static String oneLine(SQLException problem) {
        String message = String.valueOf(problem.getMessage());
        StringBuilder line = new StringBuilder();
        for (String part : message.split("\n")) {
            boolean drawing =
                    part.isBlank() || part.startsWith("LINE ") || part.strip().matches("\\^+");
            if (!drawing) {
                line.append(line.isEmpty() ? "" : " ").append(part.strip());
            }
        }
        return line.toString();
    }

    /** Cancels every statement that runs. */
    @Override
    public void close() {
        for (Statement statement : running) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw new QueryException("cannot cancel: " + oneLine(e), e);
            }
        }
    }
}
