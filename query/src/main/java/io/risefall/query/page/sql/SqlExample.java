package io.risefall.query.page.sql;

import io.risefall.query.sql.SqlFiles;
import java.util.Arrays;
import java.util.List;

/**
 * A query to begin with.
 *
 * @param question what it answers
 */
public record SqlExample(String question, String sql) {
    /** Of docs/queries.md: blocks whose first line is the question as a comment. */
    static final List<SqlExample> ALL = Arrays.stream(
                    SqlFiles.read("page/sql/examples.sql").strip().split("\n\n", -1))
            .map(SqlExample::of)
            .toList();

    private static SqlExample of(String block) {
        String[] parts = block.split("\n", 2);
        return new SqlExample(parts[0].substring("-- ".length()), parts[1].strip());
    }

    /** The page that has its rows. */
    public String href() {
        return new AskedSql(sql, question).href();
    }
}
