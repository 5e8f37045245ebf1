package io.risefall.query.explain.line;

import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lines of the log, looked up where a number came from: many servers and stretches in one question each. */
public final class EventLookup {
    private static final SqlQuery LINES = new SqlQuery("report/explain/lines.sql");

    /** In place of a server: all of the backend. */
    public static final String ALL = "";

    private EventLookup() {}

    /** A server of a node in a stretch of time, both ends included. */
    public record ServerRange(String node, String proxy, String server, Instant from, Instant to) {}

    /**
     * What was found of one question.
     *
     * @param lines in order of time
     * @param notShown how many lie between the first and the last ones and were left out
     */
    public record Matches(List<EventRow> lines, long notShown) {}

    private record Numbered(int nr, long ofAll, EventRow line) {}

    /** What was said of each server and its backend. */
    public static List<Matches> of(Connection views, List<ServerRange> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return sorted(
                wanted.size(),
                LINES.query(
                        views,
                        EventLookup::numbered,
                        wanted.stream().map(ServerRange::node).toList(),
                        wanted.stream().map(ServerRange::proxy).toList(),
                        wanted.stream().map(ServerRange::server).toList(),
                        wanted.stream().map(ServerRange::from).toList(),
                        wanted.stream().map(ServerRange::to).toList()));
    }

    private static Numbered numbered(SqlQuery.Row row) throws SQLException {
        return new Numbered(row.count("nr"), row.number("of_all"), EventRow.read(row));
    }

    private static List<Matches> sorted(int count, List<Numbered> rows) {
        List<List<EventRow>> lines = new ArrayList<>();
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            lines.add(new ArrayList<>());
        }
        for (Numbered row : rows) {
            lines.get(row.nr - 1).add(row.line);
            all[row.nr - 1] = row.ofAll;
        }
        List<Matches> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(new Matches(
                    List.copyOf(lines.get(i)), Math.max(0, all[i] - lines.get(i).size())));
        }
        return found;
    }
}
