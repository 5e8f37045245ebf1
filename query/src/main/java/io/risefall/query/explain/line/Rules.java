package io.risefall.query.explain.line;

import io.risefall.schemas.state.Evidence.Rule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules by which streams infers something from a line, in words. */
final class Rules {
    private Rules() {}

    /** What a line is for an outage that was inferred from it. */
    static String ofOutage(EvidenceRow row, EventRow one, OutageRow outage) {
        Rule rule = Objects.requireNonNull(row.rule());
        String ends = ": ended_at" + (outage.endedBy() == null ? "" : ", ended_by " + outage.endedBy());
        return switch (rule) {
            case DOWN_LINE_MISSING ->
                "passed check" + OutageLines.status(one) + ": the first line that shows it DOWN: started_at";
            case UP_LINE_MISSING ->
                one.passed()
                        ? "passed check" + OutageLines.status(one)
                                + ": the outage ended here, as its UP line is missing" + ends
                        : "DOWN logged again, so late that an UP line is missing before it";
            case UP_BEFORE_MAINTENANCE, MAINTENANCE_LINE_MISSING -> "shows that the outage is over" + ends;
            case SNAPSHOT, OBSERVED ->
                one.isAt(outage.started())
                        ? "shows DOWN, not since when: the outage counts from here, started_at"
                        : "shows that the outage is over" + ends;
            case ABSENCE -> "shows that the state changed while Risefall was away";
            default ->
                "first message of the new process (rule " + rule.word() + "): "
                        + (outage.ended() != null && one.at().isAfter(outage.ended())
                                ? "the outage ended with the old process"
                                : "the outage lasted through the reload");
        };
    }

    /** Why an outage is not certain; null if this is no reason. */
    static @Nullable String doubt(EvidenceRow row) {
        return switch (Objects.requireNonNull(row.rule())) {
            case DOWN_LINE_MISSING -> "its DOWN line is missing: only a check line shows DOWN, at " + row.place();
            case UP_LINE_MISSING ->
                row.line() != null && !row.line().isCheck()
                        ? "an UP line is missing before the second DOWN line, at " + row.place()
                        : "its UP line is missing: only a check line shows UP, at " + row.place();
            case UP_BEFORE_MAINTENANCE ->
                "HAProxy logs the line at " + row.place() + " only for a server that was not DOWN: its UP line is"
                        + " missing";
            case MAINTENANCE_LINE_MISSING ->
                "the line that began its maintenance is missing: only the one at " + row.place() + " shows it";
            case SNAPSHOT -> "only the dump at " + row.place() + " shows its state: no line shows since when";
            case OBSERVED -> "only what HAProxy told at " + row.place() + " shows its state: no line does";
            case ABSENCE -> "Risefall was away: the line at " + row.place() + " shows that the state changed meanwhile";
            case EXPIRED -> "nothing was logged about it for so long that it counts as removed";
            default -> null;
        };
    }

    /** What a line is for a state that was inferred from it. */
    static String ofLine(Rule rule) {
        return switch (rule) {
            case FIRST_LINE -> "the first line about it";
            case PROXY_STOPPED -> "the process stops serving the backend";
            case PROCESS_ENDED -> "the process ended";
            case SNAPSHOT -> "a dump or a server-state file shows it";
            case OBSERVED -> "HAProxy told it when it was asked";
            case ABSENCE -> "the first line about it since Risefall was back";
            default -> "first message of the new process about it (rule " + rule.word() + ")";
        };
    }

    /** Why a server was in a state that no line reports. */
    static String ofState(Rule rule, String state) {
        return switch (rule) {
            case FIRST_LINE ->
                "no line shows that it was " + state + " yet, but its first line later does: it had been " + state
                        + " since the first line of its process, or HAProxy would have logged the change";
            case PROXY_STOPPED, PROCESS_ENDED -> "its state is not logged: its process ended, and none took over";
            case UP_LINE_MISSING -> "no UP line shows it: the check that had brought it down passed often enough";
            case DOWN_LINE_MISSING -> "no DOWN line shows it: a check line does";
            case SNAPSHOT, OBSERVED -> "no line shows since when";
            case ABSENCE ->
                state.equals("unknown")
                        ? "Risefall was away from then on (view absences): what was logged meanwhile is lost"
                        : "Risefall was back: since then no line was missed, and the next one about the server"
                                + " shows that it was " + state;
            default ->
                "no line shows that it was " + state + ": a new process starts with all servers up, and a later line"
                        + " confirms it";
        };
    }
}
