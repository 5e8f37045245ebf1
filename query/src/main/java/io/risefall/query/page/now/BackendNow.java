package io.risefall.query.page.now;

import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import java.sql.SQLException;

/**
 * How many servers a backend has left now, on the node where that is fewest.
 *
 * @param node that node
 * @param nodes how many nodes have the backend
 * @param activeUp active servers that are up
 * @param actives all active servers
 * @param backupUp backup servers that are up
 * @param backups all backup servers
 * @param unknown servers of which nothing is known
 * @param unnamed of the active ones that are up, those that no line names: HAProxy has counted them
 * @param role whether one server at a time is up by design
 */
public record BackendNow(
        String proxy,
        String node,
        int nodes,
        int activeUp,
        int actives,
        int backupUp,
        int backups,
        int unknown,
        int unnamed,
        boolean role) {
    static BackendNow read(SqlQuery.Row row) throws SQLException {
        return new BackendNow(
                row.text("proxy"),
                row.text("node"),
                row.count("nodes"),
                row.count("active_up"),
                row.count("actives"),
                row.count("backup_up"),
                row.count("backups"),
                row.count("not_known"),
                row.count("unnamed"),
                row.flag("role"));
    }

    /** Whether no server is left, as far as is known. */
    public boolean isEmpty() {
        return activeUp + backupUp + unknown == 0;
    }

    /** Whether fewer servers are up than it has, not counting those that stand by by design. */
    public boolean isShort() {
        return role ? isEmpty() : activeUp < actives || backupUp < backups;
    }

    /** {@code 2 of 3 servers, 1 of 1 backup}. */
    public String left() {
        String text = activeUp + " of " + Counts.servers(actives);
        return backups == 0 ? text : text + ", " + backupUp + " of " + Counts.plural(backups, "backup");
    }

    /** How much is left, of all servers, in percent. */
    public int percent() {
        return actives + backups == 0 ? 0 : 100 * (activeUp + backupUp) / (actives + backups);
    }
}
