package io.risefall.query.alert.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of one alert, for people and programs: complete by itself. Text from the log is as in the log, untrusted. As JSON by
 * {@code PrettyJson}; fields are only added.
 *
 * @param alertId the same from the first to the last message of an alert, also over restarts
 * @param sequence 1, 2, … without a gap
 * @param transition what it reports
 * @param problem the worst that is wrong as it is made; of one that is over, the worst that was
 * @param flapping whether a server of it flaps as it is made
 * @param at when it was decided
 * @param startedAt when what it is about began: the first DOWN
 * @param endedAt when all of it was over; null: it is not
 * @param title one sentence: what, where, why, how many; made printable
 * @param servers all its servers, those that are DOWN first; empty if it is about nodes or the pipeline
 * @param backends those of its servers, the worst first
 * @param nodes the HAProxy hosts that see or saw it, in order of their names
 * @param incidentId the incident in the view {@code incidents}; null: none, or not known
 * @param outageIds outages in the view {@code outages}, the earliest first; of many, the first and all that last
 * @param cause the likely cause, in words; null: not asked, or it is not about servers
 * @param evidence why that cause, in a sentence; null as the cause
 * @param nextStep what to do first; null: nothing is known
 * @param commands shell commands to paste, with the real names
 * @param link a path at the web page, such as {@code /incidents/ID}; made absolute by who delivers it
 */
public record AlertMessage(
        String alertId,
        int sequence,
        AlertTransition transition,
        AlertProblem problem,
        AlertSeverity severity,
        boolean flapping,
        Instant at,
        Instant startedAt,
        @Nullable Instant endedAt,
        String title,
        List<AlertServer> servers,
        List<AlertBackend> backends,
        List<String> nodes,
        @Nullable String incidentId,
        List<String> outageIds,
        @Nullable String cause,
        @Nullable String evidence,
        @Nullable String nextStep,
        List<String> commands,
        String link) {
    public AlertMessage {
        servers = List.copyOf(servers);
        backends = List.copyOf(backends);
        nodes = List.copyOf(nodes);
        outageIds = List.copyOf(outageIds);
        commands = List.copyOf(commands);
    }

    /** By which receivers fold repeated deliveries. */
    @JsonIgnore
    public String id() {
        return alertId + "-" + sequence;
    }

    /** Whether the alert is over with this message. */
    @JsonIgnore
    public boolean isOver() {
        return transition == AlertTransition.CLOSED;
    }
}
