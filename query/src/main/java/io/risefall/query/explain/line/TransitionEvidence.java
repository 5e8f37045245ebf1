package io.risefall.query.explain.line;

import io.risefall.query.explain.line.EventLookup.Matches;
import io.risefall.query.explain.line.EventLookup.ServerRange;
import io.risefall.query.explain.model.LogLine;
import io.risefall.schemas.key.Keys;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The moments in which one server turned from one state into another, each with the lines from which that follows, as streams
 * recorded them. Where no line says so, words say what it is inferred from.
 */
public final class TransitionEvidence {
    /** The cause of time that is not known because the node was silent. */
    private static final String SILENCE = "silence";
    /** The cause of what is not known, or concluded, because Risefall was away. */
    private static final String ABSENCE = "absence";

    private final Map<Instant, List<EvidenceRow>> evidence = new HashMap<>();
    private final Map<Instant, List<EventRow>> near = new HashMap<>();

    /** What made a turn. */
    public record Entry(List<LogLine> lines, List<String> words) {}

    /** Moments in which a server of a node turned. */
    public record Turns(String node, String proxy, String server, SortedSet<Instant> moments) {
        public Turns {
            moments = Collections.unmodifiableSortedSet(new TreeSet<>(moments));
        }

        private String state(Instant at) {
            return Keys.of(node, new ServerName(proxy, server), "state", at);
        }

        private String outage(Instant at) {
            return Keys.of(node, new ServerName(proxy, server), "outage", at);
        }

        private ServerRange around(Instant at) {
            return new ServerRange(node, proxy, server, at.minus(EventRow.APART), at.plus(EventRow.APART));
        }
    }

    private TransitionEvidence() {}

    /** Looks up the lines of all moments of one server. */
    public static TransitionEvidence of(Connection views, Turns turns) throws SQLException {
        return Objects.requireNonNull(of(views, List.of(turns)).get(turns));
    }

    /** The same of several servers at once. */
    public static Map<Turns, TransitionEvidence> of(Connection views, Collection<Turns> wanted) throws SQLException {
        Map<String, String> nodes = new HashMap<>();
        List<ServerRange> ranges = new ArrayList<>();
        for (Turns turns : wanted) {
            for (Instant at : turns.moments) {
                nodes.put(turns.state(at), turns.node);
                nodes.put(turns.outage(at), turns.node);
                ranges.add(turns.around(at));
            }
        }
        EvidenceLookup evidence = EvidenceLookup.of(views, nodes);
        Iterator<Matches> near = EventLookup.of(views, ranges).iterator();
        Map<Turns, TransitionEvidence> found = new HashMap<>();
        for (Turns turns : wanted) {
            TransitionEvidence of = new TransitionEvidence();
            for (Instant at : turns.moments) {
                of.evidence.put(at, rows(turns, at, evidence));
                of.near.put(at, near.next().lines());
            }
            found.put(turns, of);
        }
        return found;
    }

    private static List<EvidenceRow> rows(Turns turns, Instant at, EvidenceLookup evidence) {
        List<EvidenceRow> rows = new ArrayList<>(evidence.of(turns.state(at)));
        // Of the outage that began then also the line that followed.
        evidence.of(turns.outage(at)).stream()
                .filter(one -> one.role() == Role.DECIDED || one.role() == Role.OPENED)
                .forEach(rows::add);
        return rows;
    }

    /**
     * What made the server turn.
     *
     * @param at when
     * @param state into what; empty where that does not matter
     * @param cause as in the view {@code states}
     * @param causeBefore that of the state before; null where there was none, or nobody knows
     */
    public Entry at(Instant at, String state, String cause, @Nullable String causeBefore) {
        List<EvidenceRow> rows = evidence.getOrDefault(at, List.of());
        if (cause.equals(SILENCE)) {
            return new Entry(
                    List.of(),
                    List.of("its node logged nothing from then on, not even traffic, for longer than its usual"
                            + " pauses (view silences); this is the end of its last minute with a line,"
                            + " and not a line itself"));
        }
        if (rows.isEmpty()) {
            return new Entry(List.of(), List.of(withoutEvidence(state, cause, causeBefore)));
        }
        List<EventRow> kept = EvidenceLookup.lines(rows);
        List<LogLine> lines = kept.stream()
                .map(one -> one.toLogLine(true, why(rowOf(one, rows), one, state)))
                .toList();
        return new Entry(
                EventRow.withRepeats(kept, lines, near.getOrDefault(at, List.of())), List.copyOf(words(rows, state)));
    }

    private static String withoutEvidence(String state, String cause, @Nullable String causeBefore) {
        if (SILENCE.equals(causeBefore)) {
            return "its node logged again, with the state as before; this is its first minute with a line of any"
                    + " kind, and not a line itself";
        }
        if (cause.equals(ABSENCE)) {
            return Rules.ofState(Rule.ABSENCE, state);
        }
        return ABSENCE.equals(causeBefore)
                ? "Risefall was back; it counts as " + state + " as before, which no line has confirmed (view doubts)"
                : "its lines are not recorded: an older Risefall wrote it";
    }

    private static EvidenceRow rowOf(EventRow line, List<EvidenceRow> rows) {
        return rows.stream()
                .filter(row -> row.line() != null && row.line().isSame(line))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> words(List<EvidenceRow> rows, String state) {
        Set<String> words = new LinkedHashSet<>();
        for (EvidenceRow row : rows) {
            if (row.rule() != null) {
                words.add(Rules.ofState(row.rule(), state));
            } else if (row.role() == Role.PROCESS_BEGAN && state.equals("unknown")) {
                words.add("its state is not logged: a new process forgets states, and has logged nothing about it"
                        + " yet");
            }
            if (row.line() == null) {
                words.add(
                        row.place() == null
                                ? row.role() == Role.PROCESS_BEGAN
                                        ? "the first line of the process was traffic, which is not kept"
                                        : "no health line has that time"
                                : "its line at " + row.place() + " is not in the warehouse");
            }
        }
        return words;
    }

    private static String why(EvidenceRow row, EventRow one, String state) {
        String status = OutageLines.status(one);
        if (row.role() == Role.PROCESS_BEGAN) {
            return "first line of the process (pid " + (one.pid() == null ? "unknown" : one.pid()) + "): a reload";
        }
        if (row.rule() != null && row.rule() != Rule.UP_LINE_MISSING && row.rule() != Rule.DOWN_LINE_MISSING) {
            return Rules.ofLine(row.rule());
        }
        if (one.failed()) {
            return (state.equals("down") ? "the failed check that brought it down" : "failed check") + status;
        }
        if (one.passed()) {
            return (state.equals("down") ? "passed check, but still DOWN" : "passed check") + status;
        }
        if (one.kind().equals("server-snapshot")) {
            return "a dump after SIGHUP shows it";
        }
        if (state.isEmpty()) {
            return "HAProxy logs that this is over";
        }
        return "HAProxy logs that it is " + (state.equals("maint") ? "in maintenance" : state);
    }
}
