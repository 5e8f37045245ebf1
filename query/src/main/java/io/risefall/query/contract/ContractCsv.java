package io.risefall.query.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV that COPY reads in PostgreSQL and DuckDB: what is not null stands in quotation marks. Rows are in the order of their
 * text, because a view has none, and values are written alike whatever types an engine gives its sums.
 */
final class ContractCsv {
    static final CSVFormat PARSED = CSVFormat.POSTGRESQL_CSV
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();

    /** The last digits of a sum depend on the order in which an engine adds. */
    private static final MathContext COMPARED = new MathContext(12);

    private ContractCsv() {}

    /** The rows of {@code relation}, below a line with its columns. */
    static List<String> read(Connection connection, String relation) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + relation)) {
            int columns = rows.getMetaData().getColumnCount();
            List<@Nullable String> names = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                names.add(rows.getMetaData().getColumnLabel(column));
            }
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable String> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    cells.add(cell(rows, column));
                }
                lines.add(line(cells));
            }
            Collections.sort(lines);
            lines.add(0, line(names));
            return lines;
        }
    }

    private static String line(List<@Nullable String> cells) {
        return CSVFormat.POSTGRESQL_CSV.format(cells.toArray());
    }

    private static @Nullable String cell(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        if (value instanceof Timestamp || value instanceof OffsetDateTime) {
            return rows.getObject(column, OffsetDateTime.class).toInstant().toString();
        }
        if (value instanceof Array list) {
            return Arrays.deepToString((Object[]) list.getArray());
        }
        return value instanceof Number ? number(value) : value.toString();
    }

    private static String number(Object value) {
        BigDecimal number = new BigDecimal(value.toString());
        if (value instanceof Double) {
            number = number.round(COMPARED);
        }
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
