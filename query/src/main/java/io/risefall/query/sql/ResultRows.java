package io.risefall.query.sql;

import io.risefall.query.text.Cells;
import io.risefall.query.text.Shortened;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an answer, for whom shows them at once.
 *
 * @param rows texts, in the order of the columns; null for null
 * @param isCut there are more rows
 */
public record ResultRows(List<Column> columns, List<List<@Nullable String>> rows, boolean isCut) {
    /** @param isNumber whether all its values are */
    public record Column(String name, boolean isNumber) {}

    /**
     * How much is kept.
     *
     * @param rows at most
     * @param cell characters of one value; what was cut ends with an ellipsis
     * @param all characters of all values; the row in which they are reached is the last
     */
    public record Limits(int rows, int cell, int all) {}

    static ResultRows read(ResultSet result, Limits limits) throws SQLException {
        Cells cells = new Cells(result.getMetaData());
        List<Column> columns = IntStream.range(0, cells.names().size())
                .mapToObj(index -> new Column(cells.names().get(index), cells.isNumber(index + 1)))
                .toList();
        List<List<@Nullable String>> rows = new ArrayList<>();
        int characters = 0;
        boolean more = result.next();
        while (more && rows.size() < limits.rows() && characters < limits.all()) {
            List<@Nullable String> row = new ArrayList<>(columns.size());
            for (int column = 1; column <= columns.size(); column++) {
                String text = cells.text(result, column);
                row.add(text == null ? null : Shortened.to(text, limits.cell()));
                characters += text == null ? 1 : Math.min(text.length(), limits.cell()) + 1;
            }
            rows.add(Collections.unmodifiableList(row));
            more = result.next();
        }
        return new ResultRows(columns, Collections.unmodifiableList(rows), more);
    }
}
