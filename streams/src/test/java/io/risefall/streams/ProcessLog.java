package io.risefall.streams;

import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.Generations;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.processor.TrackHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a node in the order of their arrival, and what they tell of its processes, without Kafka. */
final class ProcessLog {
    static final Duration REACH = Duration.ofDays(8);

    private final List<ProcessFact> facts = new ArrayList<>();
    private Processes processes = Processes.NONE;

    ProcessLog apply(@Nullable Long pid, Instant at, HealthMessage message) {
        if (pid == null) {
            processes = processes.apply(at, message);
            return this;
        }
        ProcessFact fact = ProcessFact.of(at, pid, message);
        if (fact != null) {
            add(fact);
        }
        return this;
    }

    ProcessLog apply(ProcessActivity sign) {
        add(ProcessFact.of(sign, sign.pid()));
        return this;
    }

    /** As {@link TrackHealth} does: what is not next is put together again. */
    private void add(ProcessFact fact) {
        facts.add(fact);
        processes = processes.generations().isNext(fact)
                ? processes.after(fact, REACH)
                : processes.with(Generations.of(facts, REACH));
    }

    Processes processes() {
        return processes;
    }

    List<StateInput> inputs(String proxy) {
        return ProcessTimeline.of(processes).inputs(proxy);
    }

    /** {@code SECONDS FROM->PID}. */
    List<String> reloads() {
        return ProcessTimeline.of(processes).lifetimes().reloads().stream()
                .map(reload -> (reload.at().toEpochMilli() - Story.START.toEpochMilli()) / 1000.0 + " " + reload.from()
                        + "->" + reload.pid())
                .toList();
    }

    /** {@code SECONDS PID}. */
    List<String> ends() {
        return ProcessTimeline.of(processes).lifetimes().ends().stream()
                .map(end -> Story.seconds(end.at()) + " " + end.pid())
                .toList();
    }
}
