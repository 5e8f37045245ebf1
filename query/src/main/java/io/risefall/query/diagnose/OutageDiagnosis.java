package io.risefall.query.diagnose;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.change.Change;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.report.cause.Diagnosis.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one outage happened. Strings from the log are as in the log; the formats make them printable.
 *
 * @param id the outage
 * @param startedAt when HAProxy marked it DOWN
 * @param endedAt when it was up again; null: it is down
 * @param durationMs its length; so far, where it is down
 * @param reason HAProxy's short code; null: no line has one
 * @param cause the likely cause, in words
 * @param confidence {@code certain}, {@code likely}, {@code possible} or {@code none}
 * @param because the evidence, in words
 * @param evidence the lines
 * @param against what speaks against the cause, or looks the same
 * @param settledBy what would settle it
 * @param next what to do, in this order
 * @param changesBefore what was done shortly before it began, the latest first: facts, not causes
 * @param failedCheckMs how long the check that failed took; null where no line says
 * @param slowestPassMs the slowest check that passed in the quarter of an hour before; null where no line says
 * @param configured what a configuration says of its check, where one was given
 */
@JsonPropertyOrder({
    "id",
    "node",
    "proxy",
    "server",
    "started_at",
    "ended_at",
    "duration_ms",
    "reason",
    "code",
    "info",
    "cause",
    "confidence",
    "because",
    "evidence",
    "against",
    "settled_by",
    "next",
    "changes_before",
    "failed_check_ms",
    "slowest_pass_ms",
    "configured"
})
public record OutageDiagnosis(
        String id,
        String node,
        String proxy,
        String server,
        Instant startedAt,
        @Nullable Instant endedAt,
        long durationMs,
        @Nullable String reason,
        @Nullable Integer code,
        @Nullable String info,
        String cause,
        String confidence,
        String because,
        List<LogLine> evidence,
        List<String> against,
        String settledBy,
        List<Step> next,
        List<Change> changesBefore,
        @Nullable Long failedCheckMs,
        @Nullable Long slowestPassMs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> configured) {
    public OutageDiagnosis {
        evidence = List.copyOf(evidence);
        against = List.copyOf(against);
        next = List.copyOf(next);
        changesBefore = List.copyOf(changesBefore);
        configured = configured == null ? List.of() : List.copyOf(configured);
    }

    OutageDiagnosis with(List<LogLine> lines, List<Change> before) {
        return with(lines, before, next, configured);
    }

    /** With what a configuration says of it. */
    public OutageDiagnosis configured(List<Step> steps, List<String> facts) {
        return with(evidence, changesBefore, steps, facts);
    }

    private OutageDiagnosis with(List<LogLine> lines, List<Change> before, List<Step> steps, List<String> facts) {
        return new OutageDiagnosis(
                id,
                node,
                proxy,
                server,
                startedAt,
                endedAt,
                durationMs,
                reason,
                code,
                info,
                cause,
                confidence,
                because,
                lines,
                against,
                settledBy,
                steps,
                before,
                failedCheckMs,
                slowestPassMs,
                facts);
    }

    /** {@code PROXY/SERVER}. */
    public String name() {
        return proxy + "/" + server;
    }
}
