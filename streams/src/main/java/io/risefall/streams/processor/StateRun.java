package io.risefall.streams.processor;

import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.process.Reload;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state to which lines are applied in their order, with the reloads and ends of processes and the times when nobody listened
 * in between; and the records that it emitted, of several with one key the last. Lives for one replay.
 */
final class StateRun {
    private final Rules rules;
    private final List<Reload> reloads;
    private final Deque<StateInput> betweenLines = new ArrayDeque<>();
    private final Map<String, OutputRecord> records = new LinkedHashMap<>();
    private EntityState state;
    private @Nullable Instant lastInputAt;

    /** @param from earlier inputs are in {@code start}; null if none are */
    StateRun(EntityState start, @Nullable Instant from, Inputs inputs, Rules rules) {
        this.rules = rules;
        state = start;
        reloads = inputs.reloads;
        inputs.betweenLines.stream()
                .filter(input -> from == null || !input.at().isBefore(from))
                .forEach(betweenLines::add);
        start.lasting().forEach(this::keep);
    }

    /**
     * What an entity's lines are applied with.
     *
     * @param betweenLines the inputs that are no lines, in the order of time
     * @param reloads by them lines of replaced workers are known
     */
    record Inputs(List<StateInput> betweenLines, List<Reload> reloads) {
        static Inputs of(ProcessTimeline processes, String proxy, List<AbsencePeriod> absences) {
            return new Inputs(inOrder(processes.inputs(proxy), absences), processes.reloads());
        }

        /** Merges both, which are in the order of time. */
        private static List<StateInput> inOrder(List<StateInput> ofProcesses, List<AbsencePeriod> absences) {
            List<StateInput> all = new ArrayList<>(ofProcesses);
            int at = 0;
            for (AbsencePeriod away : absences) {
                while (at < all.size() && !all.get(at).at().isAfter(away.from())) {
                    at++;
                }
                all.add(at, new StateInput.ListenerAbsent(away));
            }
            return all;
        }
    }

    /** Applies a line, unless it is one of a replaced worker. */
    void apply(Line line) {
        applyInputsBefore(line);
        if (!line.isStale(reloads)) {
            apply(new StateInput.LogEvent(line));
        }
    }

    /** Applies the other inputs before a line. */
    void applyInputsBefore(Line line) {
        while (!betweenLines.isEmpty() && !betweenLines.peek().isAfter(line.at(), line.pid())) {
            applyNext();
        }
    }

    /** Applies the other inputs before a time. */
    void applyInputsBefore(Instant at) {
        while (!betweenLines.isEmpty() && betweenLines.peek().at().isBefore(at)) {
            applyNext();
        }
    }

    private void applyNext() {
        StateInput input = betweenLines.remove();
        lastInputAt = input.at();
        apply(input);
    }

    private void apply(StateInput input) {
        StateUpdate<EntityState> update = state.on(input, rules);
        state = update.next();
        update.emissions().forEach(this::keep);
    }

    private void keep(OutputRecord record) {
        records.put(record.key(), record);
    }

    /** Whether no input but lines was applied since {@code lastLine}, and none lies before {@code nextLine}. */
    boolean isQuiet(Instant lastLine, Instant nextLine) {
        return (lastInputAt == null || lastInputAt.isBefore(lastLine))
                && (betweenLines.isEmpty() || !betweenLines.peek().at().isBefore(nextLine));
    }

    /** Whether both emit the same from now on. */
    boolean isAs(StateRun other) {
        return betweenLines.size() == other.betweenLines.size() && state.equals(other.state);
    }

    EntityState state() {
        return state;
    }

    /** By key; what lasted at the start is among them. */
    Map<String, OutputRecord> records() {
        return records;
    }
}
