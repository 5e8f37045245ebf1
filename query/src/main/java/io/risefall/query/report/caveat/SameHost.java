package io.risefall.query.report.caveat;

import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A node that is, or may be, another name of a host.
 *
 * @param node the other name
 * @param host the host
 * @param folded whether it is proven, and so what that name says counts nowhere
 * @param copies switch lines that both say
 */
public record SameHost(String node, String host, boolean folded, long copies) {
    private static final SqlQuery SAME_HOSTS = new SqlQuery("report/same_hosts.sql");

    /** All of them; they are of no time. */
    public static List<SameHost> read(Connection views) throws SQLException {
        return SAME_HOSTS.query(
                views,
                row -> new SameHost(row.text("node"), row.text("host"), row.flag("folded"), row.number("copies")));
    }

    String words() {
        String same = Counts.plural(copies, "line") + " of the same process at the same time (over all days)";
        return folded
                ? node + " is another name of " + host + ": both logged " + same + ". It counts once, as " + host + "."
                : node + " and " + host + " both logged " + same + ": they may be one host with two names. Both"
                        + " count here, except where the number of nodes that see something matters. To make"
                        + " them one, read both with the same --node.";
    }
}
