package io.risefall.query.explain;

import io.risefall.query.explain.line.OutageRow;
import io.risefall.query.explain.line.TransitionEvidence;
import io.risefall.query.explain.line.TransitionEvidence.Entry;
import io.risefall.query.explain.line.TransitionEvidence.Turns;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.DayColumn;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.Millis;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains numbers of one server's day: the intervals cut to the day, and the lines that opened and closed each. */
final class DayExplainer {
    private static final SqlQuery DAY = new SqlQuery("report/explain/day.sql");
    private static final SqlQuery NAMES = new SqlQuery("report/explain/day_names.sql");
    private static final SqlQuery EDGES = new SqlQuery("report/explain/edges.sql");
    private static final SqlQuery PIECES = new SqlQuery("report/explain/pieces.sql");
    private static final SqlQuery OUTAGES = new SqlQuery("report/explain/day_outages.sql");
    private static final SqlQuery FLAPPING = new SqlQuery("report/explain/day_flapping.sql");
    private static final SqlQuery BEFORE = new SqlQuery("report/explain/before.sql");
    /** Lines are shown of so many intervals or outages; the arithmetic has all. */
    private static final int SHOWN = 200;

    private static final Set<DayColumn> OF_OUTAGES =
            Set.of(DayColumn.OUTAGES, DayColumn.FLAPS, DayColumn.MTTR_MS, DayColumn.MTBF_MS);

    private final Connection views;
    private final ZoneId zone;

    DayExplainer(Connection views, ZoneId zone) {
        this.views = views;
        this.zone = zone;
    }

    private record Told(String node, Map<DayColumn, Number> numbers) {
        static Told read(SqlQuery.Row row) throws SQLException {
            Map<DayColumn, Number> numbers = new EnumMap<>(DayColumn.class);
            for (DayColumn column : DayColumn.values()) {
                Number number;
                if (column.isShare()) {
                    number = row.realOrNull(column.word());
                } else {
                    number = row.numberOrNull(column.word());
                }
                if (number != null) {
                    numbers.put(column, number);
                }
            }
            return new Told(row.text("node"), numbers);
        }
    }

    private record OfDay(OutageRow outage, boolean began, boolean ended) {}

    /**
     * The day as far as it has passed, in milliseconds since 1970.
     *
     * @param known until when the log tells of the node; null where it tells nothing
     */
    private record Edges(long fromMs, long toMs, @Nullable Instant known) {
        long ms() {
            return toMs - fromMs;
        }
    }

    /**
     * A flapping episode.
     *
     * @param ms as far as it lies in the day
     */
    private record Episode(Instant started, @Nullable Instant ended, Instant until, int downs, double peak, long ms) {}

    Explanation explain(ExplainTarget.Day asked) throws SQLException {
        Told told = told(asked);
        Object[] server = {zone.getId(), asked.day().toString(), told.node, asked.proxy(), asked.server()};
        Edges edges = EDGES.query(
                        views,
                        row -> new Edges(row.number("from_ms"), row.number("to_ms"), row.atOrNull("known_us")),
                        asked.day().toString(),
                        zone.getId(),
                        told.node)
                .get(0);
        List<DayPiece> pieces = PIECES.query(views, DayPiece::read, server);
        List<OfDay> outages = OUTAGES.query(
                views, row -> new OfDay(OutageRow.read(row), row.flag("began"), row.flag("ended")), server);
        List<Episode> episodes = FLAPPING.query(views, DayExplainer::episode, server);
        List<OutageRow> begun =
                outages.stream().filter(OfDay::began).map(OfDay::outage).toList();
        List<OutageRow> mended = outages.stream()
                .filter(one -> one.ended && "up".equals(one.outage.endedBy()))
                .map(OfDay::outage)
                .toList();
        DaySums sums = new DaySums(
                told.numbers,
                edges.ms(),
                pieces,
                begun,
                mended,
                episodes.stream().map(Episode::ms).toList());
        List<Sum> shown = asked.column() == null
                ? Arrays.stream(DayColumn.values()).map(sums::of).toList()
                : List.of(sums.of(asked.column()));
        return new Explanation(
                Explanation.FORMAT,
                asked.words(),
                asked.proxy() + "/" + asked.server() + " on " + told.node + ", " + asked.day()
                        + (asked.column() == null ? "" : ": " + asked.column().word()),
                zone.getId(),
                facts(asked, edges, told),
                shown,
                parts(asked, told.node, withHoles(pieces, edges), begun, mended, episodes),
                outages.stream()
                        .map(one -> ExplainTarget.command(one.outage.id()))
                        .limit(SHOWN)
                        .toList());
    }

    private Told told(ExplainTarget.Day asked) throws SQLException {
        List<Told> told = DAY.query(
                views,
                Told::read,
                zone.getId(),
                asked.day().toString(),
                asked.proxy(),
                asked.server(),
                asked.node() == null ? "" : asked.node());
        if (told.size() == 1) {
            return told.get(0);
        }
        String name = asked.proxy() + "/" + asked.server();
        if (told.size() > 1) {
            throw new QueryException(told.size() + " nodes know " + name + " on " + asked.day() + "; name one, as in \""
                    + asked.day() + " " + Printable.of(told.get(0).node) + " " + name + "\": "
                    + told.stream().map(one -> Printable.of(one.node)).collect(Collectors.joining(", ")));
        }
        List<String> servers = new ArrayList<>();
        List<String> nodes = new ArrayList<>();
        NAMES.query(
                views,
                row -> {
                    servers.add(row.text("name"));
                    return row.text("name").equals(name) && nodes.add(row.text("node"));
                },
                zone.getId(),
                asked.day().toString());
        if (servers.isEmpty()) {
            throw new QueryException(
                    "nothing is known about any server on " + asked.day() + " (zone " + zone.getId() + ")");
        }
        if (!nodes.isEmpty()) {
            throw new QueryException("node " + asked.node() + " does not know " + name + " on " + asked.day()
                    + Printable.of(Nearest.hint(asked.node(), nodes)) + "; nodes that know it: "
                    + Printable.of(String.join(", ", nodes)));
        }
        throw new QueryException("no server " + name + " is known on " + asked.day() + " (zone " + zone.getId() + ")"
                + Printable.of(Nearest.hint(name, servers)));
    }

    private List<Fact> facts(ExplainTarget.Day asked, Edges edges, Told told) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("server", asked.proxy() + "/" + asked.server() + " on " + told.node));
        facts.add(new Fact(
                "day",
                LocalTimes.exact(Instant.ofEpochMilli(edges.fromMs), zone) + " to "
                        + LocalTimes.exact(Instant.ofEpochMilli(edges.toMs), zone) + " = " + edges.ms()
                        + " ms, zone " + zone.getId()));
        if (asked.column() != null) {
            Number number = told.numbers.get(asked.column());
            facts.add(new Fact(asked.column().word(), number == null ? "none" : number.toString()));
        }
        return facts;
    }

    private List<Part> parts(
            ExplainTarget.Day asked,
            String node,
            List<DayPiece> pieces,
            List<OutageRow> begun,
            List<OutageRow> mended,
            List<Episode> episodes)
            throws SQLException {
        DayColumn column = asked.column();
        if (column != null && OF_OUTAGES.contains(column)) {
            boolean ended = column == DayColumn.FLAPS || column == DayColumn.MTTR_MS;
            return briefs(ended ? mended : begun);
        }
        if (column == DayColumn.FLAPPING_MS) {
            return flapping(asked, node, episodes);
        }
        List<DayPiece> concerned =
                pieces.stream().filter(piece -> concerns(column, piece, pieces)).toList();
        List<Part> parts = intervals(asked, node, concerned);
        if (column == null) {
            parts.addAll(flapping(asked, node, episodes));
        }
        return parts;
    }

    private static boolean concerns(@Nullable DayColumn column, DayPiece piece, List<DayPiece> pieces) {
        if (column == null) {
            return true;
        }
        return switch (column) {
            case UP_MS -> piece.state().equals("up");
            case DOWN_MS -> piece.state().equals("down");
            case MAINT_MS -> piece.state().equals("maint");
            case DRAIN_MS -> piece.state().equals("drain");
            case UNKNOWN_MS -> piece.state().equals("unknown");
            case LONGEST_MS ->
                piece.state().equals("down")
                        && pieces.stream().noneMatch(other -> other.state().equals("down") && other.ms() > piece.ms());
            default -> true;
        };
    }

    private List<Part> intervals(ExplainTarget.Day asked, String node, List<DayPiece> pieces) throws SQLException {
        List<DayPiece> shown = pieces.subList(0, Math.min(SHOWN, pieces.size()));
        TreeSet<Instant> moments = new TreeSet<>();
        for (DayPiece piece : shown) {
            if (piece.from() != null) {
                moments.add(piece.from());
            }
            if (piece.to() != null) {
                moments.add(piece.to());
            }
        }
        TransitionEvidence turns =
                TransitionEvidence.of(views, new Turns(node, asked.proxy(), asked.server(), moments));
        List<Part> parts = new ArrayList<>();
        for (DayPiece piece : shown) {
            parts.add(interval(piece, turns));
        }
        if (pieces.size() > shown.size()) {
            parts.add(rest(pieces.size() - shown.size(), "intervals"));
        }
        return parts;
    }

    private Part interval(DayPiece piece, TransitionEvidence turns) {
        String title = piece.state() + " from " + millis(piece.fromMs()) + " to " + millis(piece.toMs()) + " = "
                + piece.ms() + " ms";
        if (piece.from() == null || piece.until() == null) {
            return new Part(title, List.of(piece.cause()), List.of(), 0);
        }
        List<String> words = new ArrayList<>();
        if (Millis.of(piece.from()) < piece.fromMs()) {
            words.add("began before the day, at " + LocalTimes.exact(piece.from(), zone));
        }
        Entry opens = turns.at(piece.from(), piece.state(), piece.cause(), piece.causeBefore());
        opens.words().forEach(word -> words.add("start: " + word));
        List<LogLine> lines = new ArrayList<>(prefixed("opens it: ", opens.lines()));
        if (piece.to() == null) {
            words.add("end: not logged; the log of this node ends at " + LocalTimes.exact(piece.until(), zone));
        } else {
            if (Millis.of(piece.to()) > piece.toMs()) {
                words.add("continued after the day, until " + LocalTimes.exact(piece.to(), zone));
            }
            if (piece.nextState() == null || piece.nextCause() == null) {
                words.add("end: nothing is known about this server after it");
            } else {
                Entry closes = turns.at(piece.to(), piece.nextState(), piece.nextCause(), piece.cause());
                closes.words().forEach(word -> words.add("end: " + word));
                lines.addAll(prefixed("closes it: ", counting(closes.lines())));
            }
        }
        return new Part(title, words, lines, 0);
    }

    /** Without the repeats: they are shown where the next interval begins. */
    private static List<LogLine> counting(List<LogLine> lines) {
        return lines.stream().filter(LogLine::counts).toList();
    }

    private static List<LogLine> prefixed(String prefix, List<LogLine> lines) {
        return lines.stream()
                .map(line -> new LogLine(
                        line.at(),
                        line.receivedAt(),
                        line.source(),
                        line.position(),
                        line.copy(),
                        line.counts(),
                        line.counts() ? prefix + line.why() : line.why(),
                        line.line()))
                .toList();
    }

    private List<Part> briefs(List<OutageRow> outages) throws SQLException {
        List<Part> parts = new ArrayList<>(
                new OutageExplainer(views, zone).inOrder(outages.subList(0, Math.min(SHOWN, outages.size()))));
        if (outages.size() > SHOWN) {
            parts.add(rest(outages.size() - SHOWN, "outages"));
        }
        return parts;
    }

    private static Part rest(int count, String what) {
        return new Part(
                Counts.grouped(count) + " more " + what,
                List.of("their numbers are in the sum; ask for one of them to see its lines"),
                List.of(),
                0);
    }

    /** The DOWNs that led to each episode and kept it up. */
    private List<Part> flapping(ExplainTarget.Day asked, String node, List<Episode> episodes) throws SQLException {
        List<Part> parts = new ArrayList<>();
        for (Episode episode : episodes) {
            List<OutageRow> downs = BEFORE.query(
                    views, OutageRow::read, node, asked.proxy(), asked.server(), episode.until, episode.downs);
            TreeSet<Instant> moments = new TreeSet<>();
            downs.forEach(outage -> moments.add(outage.started()));
            TransitionEvidence turns =
                    TransitionEvidence.of(views, new Turns(node, asked.proxy(), asked.server(), moments));
            Map<Instant, List<LogLine>> lines = new HashMap<>();
            for (Instant moment : moments) {
                lines.put(moment, turns.at(moment, "down", "", null).lines());
            }
            parts.add(new Part(
                    "flapping from " + LocalTimes.toMillis(episode.started, zone) + " to "
                            + LocalTimes.toMillis(episode.until, zone)
                            + (episode.ended == null ? ", and continues" : "") + "; " + episode.ms + " ms on this day; "
                            + episode.downs + " DOWNs, highest penalty " + Math.round(episode.peak),
                    List.of("each DOWN adds a penalty that halves over time; the episode ends when it has"
                            + " decayed, which no line shows"),
                    moments.stream()
                            .flatMap(at -> counting(lines.get(at)).stream())
                            .toList(),
                    0));
        }
        return parts;
    }

    private static Episode episode(SqlQuery.Row row) throws SQLException {
        return new Episode(
                row.at("started_us"),
                row.atOrNull("ended_us"),
                row.at("until_us"),
                row.count("downs"),
                row.real("peak_penalty"),
                row.number("to_ms") - row.number("from_ms"));
    }

    /** The intervals, and unknown ones where none is: together they are the whole day. */
    private List<DayPiece> withHoles(List<DayPiece> pieces, Edges edges) {
        List<DayPiece> whole = new ArrayList<>();
        long at = edges.fromMs;
        for (DayPiece piece : pieces) {
            if (piece.fromMs() > at) {
                whole.add(DayPiece.hole(at, piece.fromMs(), "no line about this server before it"));
            }
            whole.add(piece);
            at = Math.max(at, piece.toMs());
        }
        if (at < edges.toMs) {
            boolean logEnds = edges.known != null && Millis.of(edges.known) <= at;
            whole.add(DayPiece.hole(
                    at,
                    edges.toMs,
                    logEnds
                            ? "the log of this node ends at " + LocalTimes.exact(edges.known, zone)
                            : "no line about this server after it"));
        }
        return whole;
    }

    private String millis(long ms) {
        return LocalTimes.toMillis(Instant.ofEpochMilli(ms), zone);
    }
}
