package io.risefall.query.explain.line;

import io.risefall.query.explain.line.EventLookup.Matches;
import io.risefall.query.explain.line.EventLookup.ServerRange;
import io.risefall.query.explain.model.LogLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The moments in which one server turned from one state into another, each with the lines that said so. Where none did,
 * words say what it is inferred from.
 */
public final class TransitionEvidence {
    /** A DOWN line that belongs to the check line before it comes within this time. */
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    /** The cause of time that is not known because the node was silent. */
    private static final String SILENCE = "silence";
    /** The cause of what is not known, or concluded, because Risefall was away. */
    private static final String ABSENCE = "absence";

    private final String proxy;
    private final String server;
    private final Map<Instant, List<EventRow>> ofServer = new HashMap<>();
    private final Map<Instant, List<EventRow>> ofNode = new HashMap<>();

    /** What made a turn. */
    public record Entry(List<LogLine> lines, List<String> words) {}

    private TransitionEvidence(String proxy, String server) {
        this.proxy = proxy;
        this.server = server;
    }

    /** Looks up the lines of all moments. */
    public static TransitionEvidence of(
            Connection views, String node, String proxy, String server, SortedSet<Instant> moments)
            throws SQLException {
        TransitionEvidence turns = new TransitionEvidence(proxy, server);
        List<Instant> all = List.copyOf(moments);
        List<ServerRange> around = all.stream()
                .map(at -> new ServerRange(node, proxy, server, at.minus(EventRow.APART), at.plus(EventRow.APART)))
                .toList();
        List<Matches> near = EventLookup.of(views, around);
        List<Matches> exact = EventLookup.at(views, node, all);
        for (int i = 0; i < all.size(); i++) {
            turns.ofServer.put(all.get(i), near.get(i).lines());
            turns.ofNode.put(all.get(i), exact.get(i).lines());
        }
        return turns;
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
        if (cause.equals(SILENCE)) {
            return new Entry(
                    List.of(),
                    List.of("its node logged nothing from then on, not even traffic, for longer than its usual"
                            + " pauses (view silences); this is the end of its last minute with a line,"
                            + " and not a line itself"));
        }
        if (cause.equals(ABSENCE)) {
            return new Entry(
                    List.of(),
                    List.of(
                            state.equals("unknown")
                                    ? "Risefall was away from then on (view absences): what was logged"
                                            + " meanwhile is lost"
                                    : "Risefall was back: since then no line was missed, and the next one about"
                                            + " the server shows that it was " + state));
        }
        if (ABSENCE.equals(causeBefore)
                && ofServer.getOrDefault(at, List.of()).stream().noneMatch(one -> one.isAt(at))) {
            return new Entry(
                    List.of(),
                    List.of("Risefall was back; it counts as " + state
                            + " as before, which no line has confirmed (view doubts)"));
        }
        List<EventRow> near = ofServer.getOrDefault(at, List.of());
        List<EventRow> told = near.stream()
                .filter(one -> one.isAt(at) && !one.duplicate() && isOwn(one))
                .toList();
        if (told.isEmpty()) {
            told = near.stream()
                    .filter(one -> one.isAt(at) && isOwn(one))
                    .limit(1)
                    .toList();
        }
        boolean byProcess = cause.equals("reload") || cause.equals("process") || cause.equals("stopped");
        if (byProcess || told.isEmpty()) {
            return SILENCE.equals(causeBefore)
                    ? new Entry(
                            List.of(),
                            List.of("its node logged again, with the state as before; this is its first minute"
                                    + " with a line of any kind, and not a line itself"))
                    : byNode(at, state, cause);
        }
        List<EventRow> kept = new ArrayList<>(told);
        if (state.equals("down") && told.stream().noneMatch(EventRow::isDownMessage)) {
            near.stream()
                    .filter(one -> isOwn(one)
                            && one.isDownMessage()
                            && !one.duplicate()
                            && !one.at().isBefore(at))
                    .filter(one -> Duration.between(at, one.at()).compareTo(TOGETHER) <= 0)
                    .findFirst()
                    .ifPresent(kept::add);
        }
        List<LogLine> lines =
                kept.stream().map(one -> one.toLogLine(true, why(one, state))).toList();
        return new Entry(EventRow.withRepeats(kept, lines, near), List.of());
    }

    private boolean isOwn(EventRow one) {
        return one.isOf(proxy, server) || one.kind().equals("server-notice");
    }

    private Entry byNode(Instant at, String state, String cause) {
        List<EventRow> said = ofNode.getOrDefault(at, List.of()).stream()
                .filter(one -> !one.duplicate())
                .filter(one -> !cause.equals("stopped") || one.kind().equals("proxy"))
                .limit(1)
                .toList();
        String first = "first line of the process (pid "
                + (said.isEmpty() || said.get(0).pid() == null
                        ? "unknown"
                        : said.get(0).pid()) + ")";
        List<String> words = new ArrayList<>();
        String why;
        switch (cause) {
            case "process" -> {
                words.add("no line shows that it was " + state + " yet, but its first line later does: it had"
                        + " been " + state + " since the first line of its process, or HAProxy would have"
                        + " logged the change");
                why = first;
            }
            case "reload" -> {
                words.add(
                        state.equals("unknown")
                                ? "its state is not logged: a new process forgets states, and has logged"
                                        + " nothing about it yet"
                                : "no line shows that it was " + state + ": a new process starts with all"
                                        + " servers up, and a later line confirms it");
                why = first + ": a reload";
            }
            case "stopped" -> {
                words.add("its state is not logged: its process ended, and none took over");
                why = "the process stops serving the backend";
            }
            default -> {
                words.add("no line of this server has that time: inferred from nearby lines");
                why = "logged at that time";
            }
        }
        boolean byProcess = cause.equals("process") || cause.equals("reload");
        if (said.isEmpty() && byProcess) {
            words.add("the first line of the process was traffic, which is not kept");
        }
        return new Entry(said.stream().map(one -> one.toLogLine(true, why)).toList(), words);
    }

    private static String why(EventRow one, String state) {
        String status = one.status().isEmpty() ? "" : " (" + one.status() + ")";
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
