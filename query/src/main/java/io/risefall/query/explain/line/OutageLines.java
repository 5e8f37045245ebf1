package io.risefall.query.explain.line;

import io.risefall.query.explain.model.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which lines made an outage, and what each of them says for it. Pure. The rules are those of docs/semantics.md, read
 * backwards: the outage is known, and the lines are held against it.
 */
public final class OutageLines {
    /** A DOWN line that belongs to the check line before it, and the line about the backend, come within this time. */
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    private final OutageRow outage;
    private final EventLookup.Matches found;
    private final List<EventRow> heard;
    private final List<ProcessStart> processes;
    private final List<EventRow> firstLines;
    private final @Nullable EventRow decider;
    private final @Nullable EventRow down;
    private final @Nullable EventRow last;

    /**
     * @param found lines of the server and its backend around it, in order of time
     * @param processes processes of the node that began about then
     */
    public OutageLines(OutageRow outage, EventLookup.Matches found, List<ProcessStart> processes) {
        this.outage = outage;
        this.found = found;
        heard = found.lines();
        this.processes = processes;
        firstLines = processes.stream()
                .map(ProcessStart::line)
                .filter(Objects::nonNull)
                .toList();
        down = firstDown();
        decider = decider();
        last = end();
    }

    /** The lines in order of time, each with its repeats behind it. */
    public List<LogLine> lines() {
        List<EventRow> kept = new ArrayList<>();
        List<LogLine> lines = new ArrayList<>();
        Stream.concat(heard.stream(), firstLines.stream())
                .distinct()
                .filter(one -> !one.duplicate())
                .sorted(Comparator.comparing(EventRow::at)
                        .thenComparing(EventRow::source)
                        .thenComparing(EventRow::position)
                        .thenComparing(EventRow::repeat))
                .forEach(one -> {
                    LogLine line = own(one);
                    if (line != null) {
                        kept.add(one);
                        lines.add(line);
                    }
                });
        return EventRow.withRepeats(kept, lines, heard);
    }

    /** How many lines were left out because there are so many. */
    public long notShown() {
        return found.notShown();
    }

    /** Processes that began meanwhile and whose first line is not kept. */
    public List<ProcessStart> unseenProcesses() {
        return processes.stream()
                .filter(process -> process.line() == null)
                .filter(process -> !process.at().isBefore(outage.started()))
                .filter(process -> !process.at().isAfter(outage.until()))
                .toList();
    }

    /** Why its begin or end is inferred; empty where lines say both. */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (outage.certain()) {
            return doubts;
        }
        if (heard.stream().noneMatch(this::isServers)) {
            doubts.add("its lines are not in the warehouse");
            return doubts;
        }
        EventRow first = heard.stream()
                .filter(one -> !one.duplicate() && isServers(one) && one.isAt(outage.started()))
                .findFirst()
                .orElse(null);
        if (first == null) {
            doubts.add("no line of this server shows its start");
        } else if (first.passed()) {
            doubts.add("its DOWN line is missing: only a check line shows DOWN, at " + first.place());
        } else if (first.kind().equals("server-snapshot")) {
            doubts.add("it starts at the dump at " + first.place() + ": no line shows since when it was DOWN");
        }
        if ("unknown".equals(outage.endedBy())) {
            doubts.add("no line shows its state after its end");
        } else if (outage.ended() != null && last == null) {
            doubts.add("no line of this server shows its end: it is the end of the old process");
        } else if (last != null && last.passed()) {
            doubts.add("its UP line is missing: only a check line shows UP, at " + last.place());
        } else if (last != null && last.switchText().startsWith("is going DOWN for maintenance")) {
            doubts.add("HAProxy logs the line at " + last.place() + " only for a server that was not DOWN: its"
                    + " UP line is missing");
        }
        if (doubts.isEmpty()) {
            doubts.add("its start or end is inferred from nearby lines");
        }
        return doubts;
    }

    /** Whether more than one process speaks of it, or none of its end: then the first lines of processes matter. */
    public static boolean needsProcesses(OutageRow outage, List<EventRow> heard) {
        long pids = heard.stream()
                .filter(one -> one.server() != null && one.pid() != null)
                .map(EventRow::pid)
                .distinct()
                .count();
        return pids > 1 || !outage.certain();
    }

    private @Nullable EventRow firstDown() {
        return heard.stream()
                .filter(one -> !one.duplicate() && isServers(one) && one.isDownMessage())
                .filter(one -> !one.at().isBefore(outage.started().minusMillis(1)))
                .filter(one -> Duration.between(outage.started(), one.at()).compareTo(TOGETHER) <= 0)
                .findFirst()
                .orElse(null);
    }

    /** The failed check line that the reason is taken from; null where the DOWN line has it, or no line. */
    private @Nullable EventRow decider() {
        if (outage.reason() == null || !outage.joined() || outage.via() != null) {
            return null;
        }
        EventRow before = null;
        for (EventRow one : heard) {
            boolean fits = !one.duplicate()
                    && one.failed()
                    && isServers(one)
                    && outage.reason().equals(one.reason());
            if (!fits) {
                continue;
            }
            if (!one.at().isAfter(outage.started())) {
                before = one;
            } else if (before == null) {
                return one;
            }
        }
        return before;
    }

    private @Nullable EventRow end() {
        EventRow check = null;
        for (EventRow one : heard) {
            if (!one.duplicate() && one.isAt(outage.ended()) && isServers(one) && one != down) {
                if (!one.isCheck()) {
                    return one;
                }
                check = one.passed() ? one : check;
            }
        }
        return check;
    }

    private boolean isServers(EventRow one) {
        return one.isOf(outage.proxy(), outage.server());
    }

    /** What a line that is no repeat says for it; null: nothing at all. */
    private @Nullable LogLine own(EventRow one) {
        if (one == last) {
            return one.toLogLine(true, ends(one));
        }
        if (one == down) {
            return one.toLogLine(true, begins(one));
        }
        if (one.kind().equals("backend-empty")) {
            boolean together =
                    Duration.between(outage.started(), one.at()).abs().compareTo(TOGETHER) <= 0;
            return outage.backendEmptied() && together
                    ? one.toLogLine(true, "the backend has no server left: backend_emptied")
                    : null;
        }
        if (one.at().isBefore(outage.begin()) || one.at().isAfter(outage.until())) {
            return null;
        }
        if (firstLines.contains(one)) {
            return one.toLogLine(true, newProcess(one) + (isServers(one) ? "; " + news(one) : ""));
        }
        if (one.kind().equals("proxy")) {
            return one.toLogLine(false, "the process stops serving the backend: that ends the process, not the outage");
        }
        return one.isCheck() ? check(one) : one.toLogLine(counts(one), news(one));
    }

    private LogLine check(EventRow one) {
        if (one == decider) {
            String begins = one.isAt(outage.started()) ? "; started_at is its time" : "";
            String first = one.isAt(outage.firstFailure()) ? ", first_failure_at" : "";
            return one.toLogLine(true, "failed check" + status(one) + ": the outage's reason" + first + begins);
        }
        boolean sameKind = one.agent() == outage.agent();
        if (one.isAt(outage.firstFailure())) {
            return one.toLogLine(true, "first failed check of the fall" + status(one) + ": first_failure_at");
        }
        if (one.isAt(outage.firstSuccess())) {
            return one.toLogLine(true, "first passed check of the rise" + status(one) + ": first_success_at");
        }
        if (!one.at().isAfter(outage.started())) {
            return one.failed() && sameKind
                    ? one.toLogLine(true, "failed check of the fall" + status(one))
                    : one.toLogLine(one.isAt(outage.started()), news(one));
        }
        return one.toLogLine(false, news(one));
    }

    private boolean counts(EventRow one) {
        return one.isAt(outage.started());
    }

    private String news(EventRow one) {
        if (one.failed()) {
            return "failed check while it was DOWN" + status(one) + ": the reason changes, no new outage";
        }
        if (one.passed()) {
            return one.isAt(outage.started())
                    ? "passed check" + status(one) + ": the first line that shows it DOWN"
                    : "passed check" + status(one);
        }
        if (one.isDownMessage()) {
            return down != null && one.ofOtherProcess(down)
                    ? "DOWN logged by another process (pid " + one.pid() + "): the outage goes on"
                    : "DOWN logged again: counts once";
        }
        if (one.kind().equals("server-snapshot")) {
            return one.isAt(outage.started())
                    ? "a dump after SIGHUP shows DOWN: the outage counts from here"
                    : "a dump after SIGHUP";
        }
        return "logged meanwhile: neither starts nor ends it";
    }

    private String begins(EventRow one) {
        StringBuilder why = new StringBuilder("HAProxy marks it DOWN");
        if (one.isAt(outage.started())) {
            why.append(": started_at");
        }
        if (one.hasReason()) {
            why.append(", with the reason");
        } else if (outage.via() != null) {
            why.append(", because ").append(outage.via()).append(" is DOWN, which it tracks");
        } else if (decider != null && !decider.isAt(one.at())) {
            why.append("; its reason is in the check line ").append(decider.place());
        }
        if (outage.backendEmptied() && one.switchText().contains(" 0 active and 0 backup servers")) {
            why.append("; no server is left: backend_emptied");
        }
        return why.toString();
    }

    private String ends(EventRow one) {
        String by = outage.endedBy() == null ? "" : ", ended_by " + outage.endedBy();
        return one.isCheck()
                ? "passed check" + status(one) + ": the outage ended here, as its UP line is missing: ended_at" + by
                : "ends the outage: ended_at" + by;
    }

    private String newProcess(EventRow one) {
        Instant at = one.at();
        return "first line of a new process (pid " + one.pid() + "): a reload"
                + (one.isAt(outage.ended())
                        ? ", and the outage's end"
                        : at.isAfter(outage.started()) ? ", in the middle of the outage" : "");
    }

    private static String status(EventRow one) {
        return one.status().isEmpty() ? "" : " (" + one.status() + ")";
    }
}
