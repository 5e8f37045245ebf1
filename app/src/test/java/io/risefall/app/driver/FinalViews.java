package io.risefall.app.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every public view as sorted lines of CSV. Left out are columns that tell of the run and not of the lines:
 * when a line was received or read, what was measured at that, and who was disconnected. RELP promises "at least once": after a connection was
 * lost, the same message can stand in the journal twice. So of its lines the place in the journal and the tallies are left
 * out, and what they say is compared.
 */
public final class FinalViews {
    /** What depends on the lines alone, and neither on when they were read nor on until when the log is known: one SELECT each. */
    public static final List<String> OF_LINES_ALONE = List.of(
            "SELECT * EXCLUDE (received_at) FROM events ORDER BY ALL",
            "SELECT * FROM states ORDER BY ALL",
            "SELECT * EXCLUDE (duration_ms) FROM outages ORDER BY ALL",
            "SELECT * FROM flapping ORDER BY ALL",
            "SELECT * FROM reasons_hour ORDER BY ALL",
            "SELECT source, lines, events, traffic, repeats, rejected FROM ingest ORDER BY ALL");

    private static final String VIEWS =
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'"
                    + " AND view_name <> 'interruptions' ORDER BY view_name";

    private static final String OF_JOURNAL = "source LIKE '%relp%'";

    private static final String WITHOUT_PLACE =
            " REPLACE (CASE WHEN " + OF_JOURNAL + " THEN NULL ELSE position END AS position) FROM ";

    private static final Map<String, String> SPECIAL = Map.of(
            "events",
            "SELECT DISTINCT * EXCLUDE (received_at)" + WITHOUT_PLACE + "events",
            "changes",
            "SELECT *" + WITHOUT_PLACE + "changes",
            "outage_evidence",
            "SELECT *" + WITHOUT_PLACE + "outage_evidence",
            "rejected",
            "SELECT * EXCLUDE (received_at) FROM rejected",
            "ingest",
            "SELECT * EXCLUDE (as_of) REPLACE (" + unlessOfJournal("lines") + ", " + unlessOfJournal("traffic") + ", "
                    + unlessOfJournal("\"foreign\"") + ", " + unlessOfJournal("repeats") + ", "
                    + unlessOfJournal("received") + ") FROM ingest",
            "senders",
            "SELECT source, sender FROM senders",
            "nodes",
            "SELECT * EXCLUDE (clock_behind_ms) FROM nodes");

    private static final int SHOWN = 20;

    private FinalViews() {}

    private static String unlessOfJournal(String column) {
        return "CASE WHEN " + OF_JOURNAL + " THEN NULL ELSE " + column + " END AS " + column;
    }

    /** Answers one SELECT as CSV. */
    public interface Asked {
        String ask(String sql) throws InterruptedException;
    }

    /** By name. */
    public static Map<String, String> of(Asked asked) throws InterruptedException {
        Map<String, String> dumps = new LinkedHashMap<>();
        for (String view : names(asked)) {
            String rows = asked.ask(question(view));
            dumps.put(view, rows.lines().sorted().collect(Collectors.joining("\n")));
        }
        return dumps;
    }

    /** Of the views. */
    static List<String> names(Asked asked) throws InterruptedException {
        return asked.ask(VIEWS).lines().skip(1).map(String::strip).toList();
    }

    /** What a view is asked. */
    static String question(String view) {
        return SPECIAL.getOrDefault(view, "SELECT * FROM \"" + view + "\"");
    }

    /** The rows that only one of both has, up to some of each view; empty where they are equal. */
    public static String difference(Map<String, String> expected, Map<String, String> actual) {
        StringBuilder difference = new StringBuilder();
        Set<String> views = new TreeSet<>(expected.keySet());
        views.addAll(actual.keySet());
        for (String view : views) {
            String rows = expected.getOrDefault(view, "");
            String others = actual.getOrDefault(view, "");
            without(rows, others).forEach(row -> difference.append(view + ": missing " + row + "\n"));
            without(others, rows).forEach(row -> difference.append(view + ": too much " + row + "\n"));
            if (!rows.equals(others) && !difference.toString().contains(view + ": ")) {
                difference.append(view + ": the same rows, not as often\n");
            }
        }
        return difference.toString();
    }

    private static List<String> without(String rows, String others) {
        Set<String> known = others.lines().collect(Collectors.toSet());
        return rows.lines().filter(row -> !known.contains(row)).limit(SHOWN).toList();
    }
}
