package io.risefall.query.explain.line;

import io.risefall.query.explain.model.LogLine;
import io.risefall.query.time.LocalTimes;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lines from which an outage follows, each with what it is for the outage, as streams recorded it; and between them what
 * else was logged about the server. Pure.
 */
public final class OutageLines {
    /** The line about the backend comes within this time of the DOWN line. */
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    private static final Comparator<EventRow> IN_ORDER = Comparator.comparing(EventRow::at)
            .thenComparing(EventRow::source)
            .thenComparing(EventRow::position)
            .thenComparing(EventRow::repeat);

    private final OutageRow outage;
    private final EventLookup.Matches found;
    private final List<EvidenceRow> evidence;

    /**
     * @param found lines of the server and its backend around it, in order of time
     * @param evidence what it follows from
     */
    public OutageLines(OutageRow outage, EventLookup.Matches found, List<EvidenceRow> evidence) {
        this.outage = outage;
        this.found = found;
        this.evidence = evidence;
    }

    /** The lines in order of time, each with its repeats behind it. */
    public List<LogLine> lines() {
        List<EventRow> all = new ArrayList<>(EvidenceLookup.lines(evidence));
        found.lines().stream()
                .filter(one -> !one.duplicate() && all.stream().noneMatch(one::isSame))
                .filter(this::isMeanwhile)
                .forEach(all::add);
        all.sort(IN_ORDER);
        List<LogLine> lines = all.stream().map(this::explained).toList();
        return EventRow.withRepeats(all, lines, found.lines());
    }

    /** How many lines were left out because there are so many. */
    public long notShown() {
        return found.notShown();
    }

    /** What happened and has no line here. */
    public List<String> withoutLine(ZoneId zone) {
        List<String> words = new ArrayList<>();
        for (EvidenceRow one : evidence) {
            if (one.line() == null && one.at() != null) {
                String at = LocalTimes.exact(one.at(), zone);
                if (one.role() == Role.PROCESS_BEGAN) {
                    words.add("a new process" + (one.pid() == null ? "" : " (pid " + one.pid() + ")")
                            + " logged its first line at " + at
                            + ", a traffic line, which is not kept: a reload");
                } else if (one.rule() == Rule.PROCESS_ENDED) {
                    words.add("the process ended at " + at + ", and none took over");
                }
            } else if (one.line() == null) {
                words.add("its line at " + one.place() + " is not in the warehouse");
            }
        }
        if (!evidence.isEmpty() && evidence.get(0).leftOut() > 0) {
            words.add(evidence.get(0).leftOut() + " more lines say the same");
        }
        return words;
    }

    /** Why its begin or end is inferred; empty where lines say both. */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (outage.certain()) {
            return doubts;
        }
        if (evidence.isEmpty()) {
            doubts.add("its lines are not recorded: an older Risefall wrote it");
            return doubts;
        }
        for (EvidenceRow one : evidence) {
            String doubt = one.rule() == null ? null : Rules.doubt(one);
            if (doubt != null && !doubts.contains(doubt)) {
                doubts.add(doubt);
            }
        }
        if ("unknown".equals(outage.endedBy())) {
            doubts.add("no line shows its state after its end");
        } else if (outage.ended() != null && has(Role.PROCESS_BEGAN) && !has(Role.CLOSED) && doubts.isEmpty()) {
            doubts.add("no line of this server shows its end: it is the end of the old process");
        }
        if (doubts.isEmpty()) {
            doubts.add("no line confirms that it lasted: Risefall was away (view doubts), no process ran for a"
                    + " while, or counts or another node contradict it (views losses, sightings)");
        }
        return doubts;
    }

    private boolean has(Role role) {
        return evidence.stream().anyMatch(one -> one.role() == role);
    }

    private boolean isMeanwhile(EventRow one) {
        if (one.kind().equals("backend-empty")) {
            return outage.backendEmptied()
                    && Duration.between(outage.started(), one.at()).abs().compareTo(TOGETHER) <= 0;
        }
        return !one.at().isBefore(outage.begin()) && !one.at().isAfter(outage.until());
    }

    private LogLine explained(EventRow one) {
        List<EvidenceRow> own = evidence.stream()
                .filter(row -> row.line() != null && row.line().isSame(one))
                .toList();
        if (own.isEmpty()) {
            return one.toLogLine(false, meanwhile(one));
        }
        boolean counts = own.stream().anyMatch(row -> row.role() != Role.REPEATED);
        return one.toLogLine(
                counts,
                own.stream()
                        .filter(row -> !isSaidByOther(row, own))
                        .map(row -> why(row, one, own))
                        .collect(Collectors.joining("; ")));
    }

    /** A check that decided, and was the first failed one, is one thing in words. */
    private static boolean isSaidByOther(EvidenceRow row, List<EvidenceRow> own) {
        return row.role() == Role.FIRST_FAILURE && own.stream().anyMatch(other -> other.role() == Role.DECIDED);
    }

    private String why(EvidenceRow row, EventRow one, List<EvidenceRow> own) {
        return switch (row.role()) {
            case FIRST_FAILURE -> "first failed check of the fall" + status(one) + ": first_failure_at";
            case DECIDED -> decided(one, own);
            case OPENED -> opened(one);
            case REPEATED -> repeated(one);
            case FIRST_SUCCESS -> "first passed check of the rise" + status(one) + ": first_success_at";
            case CLOSED -> "ends the outage: ended_at" + endedBy();
            case PROCESS_BEGAN -> began(one);
            case INFERRED -> Rules.ofOutage(row, one, outage);
            case COUNTED -> "a failed check that was counted";
        };
    }

    private String decided(EventRow one, List<EvidenceRow> own) {
        boolean first = own.stream().anyMatch(row -> row.role() == Role.FIRST_FAILURE);
        return "failed check" + status(one) + ": the outage's reason" + (first ? ", first_failure_at" : "")
                + (startsAt(one) ? "; started_at is its time" : "");
    }

    private String opened(EventRow one) {
        StringBuilder why = new StringBuilder("HAProxy marks it DOWN");
        EventRow decider = lineOf(Role.DECIDED);
        if (decider == null || !startsAt(decider) || one.isAt(outage.started())) {
            why.append(": started_at");
        }
        if (one.hasReason()) {
            why.append(", with the reason");
        } else if (outage.via() != null) {
            why.append(", because ").append(outage.via()).append(" is DOWN, which it tracks");
        } else if (decider != null && !decider.isAt(one.at())) {
            why.append("; its reason is in the check line ").append(decider.place());
        }
        if (outage.backendEmptied() && one.leavesNone()) {
            why.append("; no server is left: backend_emptied");
        }
        return why.toString();
    }

    private String repeated(EventRow one) {
        EventRow opened = lineOf(Role.OPENED);
        return opened != null && one.ofOtherProcess(opened)
                ? "DOWN logged by another process (pid " + one.pid() + "): the outage goes on"
                : "DOWN logged again: counts once";
    }

    private String began(EventRow one) {
        return "first line of a new process (pid " + one.pid() + "): a reload"
                + (one.isAt(outage.ended())
                        ? ", and the outage's end"
                        : one.at().isAfter(outage.started()) ? ", in the middle of the outage" : "");
    }

    private String endedBy() {
        return outage.endedBy() == null ? "" : ", ended_by " + outage.endedBy();
    }

    private boolean startsAt(EventRow one) {
        return one.isAt(outage.started());
    }

    private @Nullable EventRow lineOf(Role role) {
        return evidence.stream()
                .filter(one -> one.role() == role && one.line() != null)
                .map(EvidenceRow::line)
                .findFirst()
                .orElse(null);
    }

    /** Of a line from which nothing follows for the outage. */
    private String meanwhile(EventRow one) {
        if (one.kind().equals("backend-empty")) {
            return "the backend has no server left: backend_emptied";
        }
        if (one.kind().equals("proxy")) {
            return "the process stops serving the backend: that ends the process, not the outage";
        }
        if (one.kind().equals("server-snapshot")) {
            return "a dump after SIGHUP";
        }
        if (one.failed()) {
            return (one.at().isAfter(outage.started()) ? "failed check while it was DOWN" : "failed check of the fall")
                    + status(one);
        }
        if (one.isDownMessage()) {
            return "DOWN logged again: counts once";
        }
        return one.passed() ? "passed check" + status(one) : "logged meanwhile: neither starts nor ends it";
    }

    static String status(EventRow one) {
        return one.status().isEmpty() ? "" : " (" + one.status() + ")";
    }
}
