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
    private static final SqlQuery MOMENTS = new SqlQuery("report/explain/moments.sql");
    private static final SqlQuery PROCESSES = new SqlQuery("report/explain/processes.sql");

    /** In place of a server: all of the backend. */
    public static final String ALL = "";

    private EventLookup() {}

    /** A server of a node in a stretch of time, both ends included. */
    public record Where(String node, String proxy, String server, Instant from, Instant to) {}

    /**
     * What was found of one question.
     *
     * @param lines in order of time
     * @param notShown how many lie between the first and the last ones and were left out
     */
    public record Found(List<EventRow> lines, long notShown) {}

    private record Numbered(int nr, long ofAll, EventRow line) {}

    /** What was said of each server and its backend. */
    public static List<Found> of(Connection views, List<Where> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return sorted(
                wanted.size(),
                LINES.ask(
                        views,
                        EventLookup::numbered,
                        wanted.stream().map(Where::node).toList(),
                        wanted.stream().map(Where::proxy).toList(),
                        wanted.stream().map(Where::server).toList(),
                        wanted.stream().map(Where::from).toList(),
                        wanted.stream().map(Where::to).toList()));
    }

    /** What a node said at each moment, of whatever. */
    static List<Found> at(Connection views, String node, List<Instant> moments) throws SQLException {
        if (moments.isEmpty()) {
            return List.of();
        }
        return sorted(
                moments.size(),
                MOMENTS.ask(
                        views,
                        EventLookup::numbered,
                        moments.stream().map(moment -> node).toList(),
                        moments));
    }

    /** The processes that began to be heard in a stretch. */
    public static List<ProcessStart> processes(Connection views, String node, Instant from, Instant to)
            throws SQLException {
        return PROCESSES.ask(views, ProcessStart::read, node, from, to);
    }

    private static Numbered numbered(SqlQuery.Row row) throws SQLException {
        return new Numbered(row.count("nr"), row.number("of_all"), EventRow.read(row));
    }

    private static List<Found> sorted(int count, List<Numbered> rows) {
        List<List<EventRow>> lines = new ArrayList<>();
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            lines.add(new ArrayList<>());
        }
        for (Numbered row : rows) {
            lines.get(row.nr - 1).add(row.line);
            all[row.nr - 1] = row.ofAll;
        }
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(new Found(
                    List.copyOf(lines.get(i)), Math.max(0, all[i] - lines.get(i).size())));
        }
        return found;
    }
}
