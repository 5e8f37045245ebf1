package io.risefall.query.report;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Gives records written by hand the lines that say the same at the same time. */
final class Tracing {
    private Tracing() {}

    static StateRecord of(List<HealthEvent> events, StateRecord record) {
        if (record instanceof Outage outage) {
            return traced(events, outage);
        }
        return record instanceof StateInterval interval ? traced(events, interval) : record;
    }

    static Rollup of(List<HealthEvent> events, Rollup rollup) {
        Provenance lines = Provenance.NONE;
        for (HealthEvent event : events) {
            boolean failed = event.message() instanceof CheckResult check
                    && check.outcome() == CheckResult.Outcome.FAILED
                    && check.reason() != null
                    && check.reason().status() == rollup.reason();
            if (isOf(event, rollup.server(), event.at())
                    && event.at().truncatedTo(ChronoUnit.MINUTES).equals(rollup.minute())
                    && (failed || isFirstDown(events, event))) {
                lines = lines.with(evidence(Role.COUNTED, event));
            }
        }
        return new Rollup(
                rollup.node(),
                rollup.server(),
                rollup.minute(),
                rollup.reason(),
                rollup.code(),
                rollup.failures(),
                rollup.downs(),
                rollup.maxDurationMillis(),
                lines);
    }

    private static Outage traced(List<HealthEvent> events, Outage outage) {
        Provenance lines = Provenance.NONE;
        for (HealthEvent event : events) {
            if (isOf(event, outage.server(), outage.startedAt()) && isFirstDown(events, event)) {
                lines = lines.with(evidence(Role.OPENED, event));
            }
        }
        Instant end = outage.endedAt();
        Optional<HealthEvent> closed = first(
                events,
                event -> end != null
                        && isOf(event, outage.server(), end)
                        && event.message() instanceof ServerSwitch
                        && !isDown(event));
        if (closed.isPresent()) {
            lines = lines.with(evidence(Role.CLOSED, closed.get()));
        } else if (end != null && !outage.certain()) {
            lines = lines.with(Evidence.processBegan(end));
        }
        return new Outage(
                outage.node(),
                outage.server(),
                outage.backup(),
                outage.startedAt(),
                end,
                outage.endedBy(),
                outage.reason(),
                outage.changedFrom(),
                outage.via(),
                outage.agent(),
                outage.joined(),
                outage.firstFailureAt(),
                outage.backendEmptied(),
                outage.certain(),
                outage.pid(),
                outage.firstSuccessAt(),
                outage.counts(),
                lines);
    }

    private static StateInterval traced(List<HealthEvent> events, StateInterval interval) {
        Provenance lines = first(events, event -> isOf(event, interval.server(), interval.fromAt()))
                .map(event -> Provenance.of(evidence(Role.OPENED, event)))
                .orElse(Provenance.NONE);
        return new StateInterval(
                interval.node(),
                interval.server(),
                interval.backup(),
                interval.state(),
                interval.fromAt(),
                interval.toAt(),
                interval.cause(),
                interval.pid(),
                lines);
    }

    private static Optional<HealthEvent> first(List<HealthEvent> events, Predicate<HealthEvent> those) {
        return events.stream().filter(those).findFirst();
    }

    private static boolean isOf(HealthEvent event, ServerName server, Instant at) {
        return server.equals(event.message().serverName()) && event.at().equals(at);
    }

    private static boolean isDown(HealthEvent event) {
        return event.message() instanceof ServerSwitch change && change.transition() == Transition.DOWN;
    }

    /** Of two equal lines within three seconds the first. */
    private static boolean isFirstDown(List<HealthEvent> events, HealthEvent event) {
        return isDown(event)
                && events.indexOf(event)
                        == events.indexOf(first(
                                        events,
                                        other -> other.message().equals(event.message())
                                                && !other.at()
                                                        .isBefore(event.at().minusSeconds(3)))
                                .orElseThrow());
    }

    private static Evidence evidence(Role role, HealthEvent event) {
        return Evidence.of(role, LinePosition.of(event.origin()), event.at());
    }
}
