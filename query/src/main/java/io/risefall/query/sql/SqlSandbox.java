package io.risefall.query.sql;

import io.risefall.query.text.Cells;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers SQL of users, shut in: one SELECT in a read-only transaction of an instance that {@link #lock} has cut off from
 * files, network, extensions and settings, with a time limit. Any thread; {@link #close} cancels what runs.
 */
public final class SqlSandbox implements AutoCloseable {
    /** Memory limit of DuckDB beside the JVM's, in MiB: enough for a sort of some million rows, small for any server. */
    public static final long DUCKDB_MIB = 1024;

    /** What DuckDB's own limit explains, and as much as the JVM has beside its heap, with what is freed and not given back. */
    private static final long MEMORY_BYTES = (DUCKDB_MIB + 768) << 20;

    private static final String DESCRIBE = "describe";

    private final Supplier<Connection> connections;
    private final SqlWatch watch;

    /** @param connections gives a new connection to a locked instance; the sandbox closes it */
    public SqlSandbox(Supplier<Connection> connections, Duration limit) {
        this(connections, limit, MEMORY_BYTES);
    }

    /** @param memoryBytes what this process may have beside Java's heap while users' SQL runs in it */
    SqlSandbox(Supplier<Connection> connections, Duration limit, long memoryBytes) {
        this.connections = connections;
        watch = new SqlWatch(limit, memoryBytes);
    }

    /**
     * Shuts the instance behind a connection in, for good. Its owner can still write and checkpoint.
     *
     * @param memoryLimit as DuckDB writes it, {@code 512MB}
     */
    public static void lock(Connection connection, String memoryLimit) throws SQLException {
        YieldingThreads.restart(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set memory_limit = '" + memoryLimit + "'");
            statement.execute("set enable_external_access = false");
            statement.execute("set autoinstall_known_extensions = false");
            statement.execute("set autoload_known_extensions = false");
            statement.execute("set lock_configuration = true");
        }
    }

    /** As below, without parameters; nobody cancels it. */
    public void query(String sql, ResultFormat format, OutputStream out) {
        query(SqlText.of(sql), ResultLayout.of(format), out, new Cancellation());
    }

    /**
     * Runs one SELECT and writes its rows.
     *
     * @throws QueryException when it is no single SELECT, does something forbidden, is wrong, takes too long or is cancelled
     * @throws UncheckedIOException when {@code out} cannot be written
     */
    public void query(SqlText sql, ResultLayout layout, OutputStream out, Cancellation cancellation) {
        ask(
                sql,
                layout.format()::readable,
                layout.most(),
                cancellation,
                (rows, types) -> layout.format().write(rows, types, wanted(out, cancellation), layout.width()));
    }

    /**
     * Runs one SELECT and reads its first rows.
     *
     * @throws QueryException as above
     */
    public ResultRows rows(SqlText sql, ResultRows.Limits limits, Cancellation cancellation) {
        List<ResultRows> read = new ArrayList<>(1);
        ask(
                sql,
                Cells::readable,
                limits.rows() + 1,
                cancellation,
                (rows, types) -> read.add(ResultRows.read(rows, limits)));
        return read.get(0);
    }

    /** SQL that gives the value of an expression of a type of DuckDB's, as it is read here. */
    private interface Expression {
        String sql(String expression, String type);
    }

    /** Takes the rows, and what their columns were before they became readable. */
    private interface Answer {
        void take(ResultSet rows, List<String> types) throws SQLException, IOException;
    }

    private void ask(SqlText sql, Expression readable, int most, Cancellation cancellation, Answer answer) {
        try (Connection connection = connections.get();
                ReadTransaction transaction = ReadTransaction.begin(connection)) {
            BoundSql bound = BoundSql.of(connection, sql);
            List<String> types = new ArrayList<>();
            String columns = columns(connection, bound, sql.text(), readable, types, cancellation);
            rows(
                    connection,
                    "select " + columns + " from " + bound.from() + (most == 0 ? "" : " limit " + most),
                    bound,
                    cancellation,
                    rows -> answer.take(rows, types));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (QueryException | UncheckedIOException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e, null, cancellation);
        }
    }

    private static QueryException failure(
            Exception problem, @Nullable SqlPosition position, Cancellation cancellation) {
        String why = cancellation.why();
        return why != null ? new QueryException(why, problem) : new QueryException(oneLine(problem), position, problem);
    }

    private interface Rows {
        void read(ResultSet rows) throws SQLException, IOException;
    }

    private void rows(Connection connection, String question, BoundSql bound, Cancellation cancellation, Rows reader)
            throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            for (int i = 0; i < bound.values().size(); i++) {
                statement.setString(i + 1, bound.values().get(i));
            }
            watch.during(statement, cancellation, () -> {
                try (ResultSet rows = statement.executeQuery()) {
                    reader.read(rows);
                }
            });
        }
    }

    /** The columns of {@code bound}, as they can be read; adds their types. What is wrong is wrong here, in the user's own text. */
    private String columns(
            Connection connection,
            BoundSql bound,
            String sql,
            Expression readable,
            List<String> types,
            Cancellation cancellation)
            throws Exception {
        StringBuilder columns = new StringBuilder();
        String question = SqlPosition.traceable(DESCRIBE, " select * from " + bound.from(), sql);
        try {
            rows(connection, question, bound, cancellation, rows -> {
                for (int column = 1; rows.next(); column++) {
                    String type = rows.getString("column_type");
                    types.add(type);
                    columns.append(column == 1 ? "" : ", ")
                            .append(readable.sql("#" + column, type))
                            .append(" as \"")
                            .append(rows.getString("column_name").replace("\"", "\"\""))
                            .append('"');
                }
            });
        } catch (SQLException e) {
            throw failure(e, SqlPosition.of(String.valueOf(e.getMessage()), DESCRIBE, sql), cancellation);
        }
        return columns.toString();
    }

    private static OutputStream wanted(OutputStream out, Cancellation cancellation) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                String why = cancellation.why();
                if (why != null) {
                    throw new QueryException(why);
                }
                out.write(bytes, offset, length);
            }
        };
    }

    /** DuckDB's message without its drawing of the statement and what it says of settings, but with its hint. */
    private static String oneLine(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        StringBuilder line = new StringBuilder();
        for (String part : message.split("\n")) {
            if (part.startsWith("Possible solutions")) {
                break; // all of them are settings, which are locked
            }
            boolean drawing =
                    part.isBlank() || part.startsWith("LINE ") || part.strip().matches("\\^+");
            if (!drawing) {
                line.append(line.isEmpty() ? "" : " ").append(part.strip());
            }
        }
        return line.toString();
    }

    /** Cancels every query that runs: somebody needs what they hold. */
    public void cancelAll(String why) {
        watch.cancelAll(why);
    }

    @Override
    public void close() {
        watch.cancelAll("cancelled: Risefall is stopping");
    }
}
