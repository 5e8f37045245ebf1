package io.risefall.query.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A word that can stand in a query.
 *
 * @param word as it is written; a function with its opening bracket
 * @param kind {@code views}, {@code columns}, {@code functions} or {@code words}
 * @param view of a column, that which has it; of a view, itself; else empty
 * @param type of a column; else empty
 * @param note what it is, from the warehouse's comments; empty: none
 */
public record SqlWord(String word, String kind, String view, String type, String note) {
    private static final String FILE = "sql/words.sql";

    /** Asks for all; the rows have a column for each part. */
    public static final SqlText ALL = SqlText.of(SqlFiles.read(FILE));

    private static final SqlQuery QUERY = new SqlQuery(FILE);

    /** All, views with their columns first. */
    public static List<SqlWord> read(Connection views) throws SQLException {
        return QUERY.query(
                views,
                row -> new SqlWord(
                        row.text("word"), row.text("kind"), row.text("view"), row.text("type"), row.text("note")));
    }

    /** Whether it is the name of a view. */
    public boolean isView() {
        return kind.equals("views");
    }

    /** Whether it is the name of a column. */
    public boolean isColumn() {
        return kind.equals("columns");
    }
}
