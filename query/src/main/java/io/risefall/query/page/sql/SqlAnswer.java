package io.risefall.query.page.sql;

import io.risefall.query.page.PageContent;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultRows;
import io.risefall.query.sql.SqlPosition;
import io.risefall.query.time.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came of a query.
 *
 * @param rows the first ones; null: it was not asked, or failed
 * @param wrong why it failed; null: it did not
 */
record SqlAnswer(
        AskedSql asked,
        @Nullable ResultRows rows,
        Duration took,
        @Nullable QueryException wrong) {
    static SqlAnswer none(AskedSql asked) {
        return new SqlAnswer(asked, null, Duration.ZERO, null);
    }

    static SqlAnswer of(AskedSql asked, ResultRows rows, Duration took) {
        return new SqlAnswer(asked, rows, took, null);
    }

    static SqlAnswer wrong(AskedSql asked, QueryException wrong) {
        return new SqlAnswer(asked, null, Duration.ZERO, wrong);
    }

    PageContent page(SqlCatalog catalog) {
        Map<String, Object> model = new HashMap<>();
        model.put("asked", asked);
        model.put("examples", SqlExample.ALL);
        model.put("views", catalog.views());
        model.put("longest", AskedSql.longestLink());
        if (rows != null) {
            model.put("rows", rows);
            model.put("took", Durations.text(took.toMillis()));
            model.put("cells", Cell.ALL);
        }
        if (wrong != null) {
            model.put("wrong", wrong.getMessage());
            SqlPosition at = wrong.position();
            if (at != null) {
                model.put("at", at);
                model.put("line", asked.line(at));
                model.put("offset", asked.offset(at));
            }
        }
        return new PageContent("sql/query.ftlx", model);
    }

    /** Which values lead to a page of their own. For templates; has no state. */
    public static final class Cell {
        static final Cell ALL = new Cell();
        private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");

        private Cell() {}

        /** Whether a column's value is the id of an incident, or of an outage that belongs to one. */
        public boolean isIncident(String column, String value) {
            return (column.equals("incident_id") || column.equals("outage_id"))
                    && ID.matcher(value).matches();
        }
    }
}
