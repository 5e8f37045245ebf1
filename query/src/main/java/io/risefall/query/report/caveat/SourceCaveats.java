package io.risefall.query.report.caveat;

import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What to know of how lines were read, over all days: each sentence only where it is true. */
public final class SourceCaveats {
    private static final SqlQuery UNKNOWN = new SqlQuery("report/unknown_headers.sql");
    private static final SqlQuery ZONES = new SqlQuery("report/refused_zones.sql");
    private static final SqlQuery CAPS = new SqlQuery("report/level_caps.sql");

    private SourceCaveats() {}

    public static List<String> read(Connection views) throws SQLException {
        List<String> caveats = new ArrayList<>(UNKNOWN.query(
                views,
                row -> UnknownHeaderText.of(
                                row.number("lines"),
                                row.textOrNull("example") == null ? "?" : row.text("example"),
                                row.textOrNull("tag"))
                        + " (Over all days; the view unknown_headers lists all forms.)"));
        caveats.addAll(ZONES.query(views, row -> refused(row.number("lines"), row.text("why"))));
        caveats.addAll(CAPS.query(views, row -> cap(row.text("source"), row.text("cap"))));
        return caveats;
    }

    static String refused(long lines, String why) {
        String rejected = lines == 1 ? " health line was rejected and does" : " health lines were rejected and do";
        return lines + rejected + " not count (over all days): " + why + ".";
    }

    /** Sentences of one source. */
    static String cap(String source, String caps) {
        return "The severities in " + source + " appear to be capped at " + caps
                + ", as by “log … local0 notice notice”: lines have a lower severity than HAProxy gives them,"
                + " and no line has a higher one.";
    }
}
