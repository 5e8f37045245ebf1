package io.risefall.query.sql;

import io.risefall.schemas.key.EpochMicros;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code .sql} file of the jar, asked with parameters. Instants go in and out as microseconds since 1970, a list of
 * instants or strings as an SQL list.
 */
public final class SqlQuery {
    private final String sql;

    /** @param file relative to {@code io/risefall/query} in the jar */
    public SqlQuery(String file) {
        sql = SqlFiles.read(file);
    }

    /** Every row of the answer, each turned into something by {@code mapper}. */
    public <T> List<T> query(Connection views, RowMapper<T> mapper, @Nullable Object... parameters)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = views.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, value(views, parameters[i]));
            }
            try (ResultSet result = statement.executeQuery()) {
                Row row = Row.of(result);
                while (result.next()) {
                    rows.add(mapper.map(row));
                }
            }
        }
        return rows;
    }

    /** Does what a file that changes something says, and returns how many rows that were. */
    public int change(Connection store, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = store.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, value(store, parameters[i]));
            }
            return statement.executeUpdate();
        }
    }

    private static Object value(Connection views, Object parameter) throws SQLException {
        if (parameter instanceof Instant at) {
            return EpochMicros.of(at);
        }
        if (parameter instanceof List<?> list) {
            boolean times = !list.isEmpty() && list.get(0) instanceof Instant;
            return views.createArrayOf(
                    times ? "BIGINT" : "VARCHAR",
                    list.stream()
                            .map(one -> one instanceof Instant at ? (Object) EpochMicros.of(at) : one)
                            .toArray());
        }
        return parameter;
    }

    /** Turns the current row into a value. */
    public interface RowMapper<T> {
        T map(Row row) throws SQLException;
    }

    /** The current row. Methods with {@code OrNull} tell absent from zero. */
    public static final class Row {
        private final ResultSet result;
        // The driver looks at one name after the other, of each value of each row.
        private final Map<String, Integer> columns;

        private Row(ResultSet result, Map<String, Integer> columns) {
            this.result = result;
            this.columns = columns;
        }

        static Row of(ResultSet result) throws SQLException {
            ResultSetMetaData answer = result.getMetaData();
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 1; i <= answer.getColumnCount(); i++) {
                columns.putIfAbsent(answer.getColumnName(i), i);
            }
            return new Row(result, columns);
        }

        private int place(String column) throws SQLException {
            Integer known = columns.get(column);
            return known == null ? result.findColumn(column) : known;
        }

        public String text(String column) throws SQLException {
            String text = result.getString(place(column));
            return text == null ? "" : text;
        }

        public @Nullable String textOrNull(String column) throws SQLException {
            return result.getString(place(column));
        }

        /** The words of an SQL list; none of an absent one. */
        public List<String> texts(String column) throws SQLException {
            Array list = result.getArray(place(column));
            return list == null
                    ? List.of()
                    : Arrays.stream((Object[]) list.getArray())
                            .map(String::valueOf)
                            .toList();
        }

        public long number(String column) throws SQLException {
            return result.getLong(place(column));
        }

        public int count(String column) throws SQLException {
            return Math.toIntExact(result.getLong(place(column)));
        }

        public @Nullable Long numberOrNull(String column) throws SQLException {
            long number = result.getLong(place(column));
            return result.wasNull() ? null : number;
        }

        public @Nullable Integer intOrNull(String column) throws SQLException {
            Long number = numberOrNull(column);
            return number == null ? null : Math.toIntExact(number);
        }

        public double real(String column) throws SQLException {
            return result.getDouble(place(column));
        }

        public @Nullable Double realOrNull(String column) throws SQLException {
            double real = result.getDouble(place(column));
            return result.wasNull() ? null : real;
        }

        public @Nullable Boolean flagOrNull(String column) throws SQLException {
            boolean flag = result.getBoolean(place(column));
            return result.wasNull() ? null : flag;
        }

        public boolean flag(String column) throws SQLException {
            return result.getBoolean(place(column));
        }

        public Instant at(String column) throws SQLException {
            return Instant.EPOCH.plus(result.getLong(place(column)), ChronoUnit.MICROS);
        }

        public @Nullable Instant atOrNull(String column) throws SQLException {
            Long micros = numberOrNull(column);
            return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        }
    }
}
