package io.risefall.query.page.timeline;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.util.List;

/**
 * A row of {@code strips.sql}: a backend or a server in the range that is asked for, and how many there are in all.
 *
 * @param proxy empty: nobody had trouble
 * @param server empty: the row is of the backend
 * @param downs how often down
 * @param cells a letter for each part of the range, as {@link StripOutlines} has them
 * @param servers of the backend
 * @param troubled of these, those that were not always well
 * @param downServers of these, those that were down
 * @param emptyTimes how often the backend had no server, on the node that saw it so longest
 * @param well names of some servers of the backend that were well as far as is known
 */
record StripRow(
        Totals totals,
        String proxy,
        String server,
        long downs,
        long downMs,
        long unknownMs,
        long maintMs,
        long drainMs,
        long standbyMs,
        String cells,
        int servers,
        int troubled,
        int downServers,
        int emptyTimes,
        long emptyMs,
        List<String> well) {
    /**
     * All that match.
     *
     * @param troubledBackends those that are drawn on one page or another
     * @param wellBackends names of some of the others
     */
    record Totals(int servers, int troubled, int down, int backends, int troubledBackends, List<String> wellBackends) {}

    static StripRow of(SqlQuery.Row row) throws SQLException {
        return new StripRow(
                new Totals(
                        row.count("all_servers"),
                        row.count("all_troubled"),
                        row.count("all_down"),
                        row.count("all_backends"),
                        row.count("troubled_backends"),
                        row.texts("well_backends")),
                row.text("proxy"),
                row.text("server"),
                row.number("downs"),
                row.number("down_ms"),
                row.number("unknown_ms"),
                row.number("maint_ms"),
                row.number("drain_ms"),
                row.number("standby_ms"),
                row.text("cells"),
                row.count("servers"),
                row.count("troubled"),
                row.count("down_servers"),
                row.count("empty_times"),
                row.number("empty_ms"),
                row.texts("well"));
    }
}
