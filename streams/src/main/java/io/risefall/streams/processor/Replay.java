package io.risefall.streams.processor;

import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.dedup.Deduplicator;
import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.Same;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.node.Processes;
import io.risefall.streams.process.Lifetimes;
import io.risefall.streams.process.Reload;
import io.risefall.streams.store.EntityHistory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * One subject's kept lines heard from the beginning, with what became of the node's processes between them, and when nobody
 * listened. Lines older than
 * corrections reach back are folded into the base on the way. Lives for one replay.
 */
public final class Replay {
    private final EntityHistory before;
    private final Rules rules;
    private final ForgeryGuard doubts;
    private final List<Reload> reloads;
    private final Deque<StateInput> betweenLines = new ArrayDeque<>();
    private final Map<String, OutputRecord> said = new LinkedHashMap<>();
    private final List<String> folded = new ArrayList<>();
    private EntityState base;
    private EntityState state;
    private @Nullable Instant cut;

    public Replay(
            EntityHistory before,
            Processes processes,
            Lifetimes lifetimes,
            List<AbsencePeriod> absences,
            ForgeryGuard doubts,
            Rules rules) {
        this.doubts = doubts;
        this.before = before;
        this.rules = rules;
        reloads = lifetimes.reloads();
        base = before.base();
        state = before.base();
        cut = before.cut();
        words(processes.wordsFor(before.subject().proxy(), lifetimes), absences).stream()
                .filter(word -> cut == null || !word.at().isBefore(cut))
                .forEach(betweenLines::add);
        base.lasting().forEach(this::keep);
    }

    /** All in the order of time, as both are. */
    private static List<StateInput> words(List<StateInput> ofProcesses, List<AbsencePeriod> absences) {
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

    /** Hears all lines, which must come in the order of {@link LineKey}, and gives the history after them. */
    public EntityHistory hear(List<KeyValue<String, Line>> lines) {
        if (lines.isEmpty()) {
            return before;
        }
        List<List<KeyValue<String, Line>>> stretches = Deduplicator.stretches(lines);
        Instant newest = lines.get(lines.size() - 1).value.at();
        Instant newCut = between(stretches, newest.minus(rules.corrections()).truncatedTo(ChronoUnit.MINUTES));
        Instant oldest = newest;
        List<Line> events = new ArrayList<>();
        int old = 0;
        for (List<KeyValue<String, Line>> stretch : stretches) {
            events.addAll(Deduplicator.mergeStretch(stretch));
            if (stretch.get(0).value.at().isBefore(newCut)) {
                stretch.forEach(line -> folded.add(line.key));
                old = events.size();
            } else if (stretch.get(0).value.at().isBefore(oldest)) {
                oldest = stretch.get(0).value.at();
            }
        }
        boolean doubted = hear(events, old, newCut);
        String last = lines.get(lines.size() - 1).key;
        LogPath lane = Deduplicator.onlyLane(stretches.get(stretches.size() - 1));
        return new EntityHistory(
                before.subject(),
                base,
                cut,
                state,
                last.compareTo(before.lastLine()) > 0 ? last : before.lastLine(),
                oldest,
                doubted,
                lane == null ? null : lane.name(),
                before.heardOn());
    }

    /** The whole minute at or before {@code time} that lies in none of the stretches. */
    private static Instant between(List<List<KeyValue<String, Line>>> stretches, Instant time) {
        Instant minute = time;
        for (int i = stretches.size() - 1; i >= 0; i--) {
            List<KeyValue<String, Line>> stretch = stretches.get(i);
            Instant first = stretch.get(0).value.at();
            if (first.isBefore(minute)
                    && !stretch.get(stretch.size() - 1).value.at().isBefore(minute)) {
                minute = first.truncatedTo(ChronoUnit.MINUTES);
            }
        }
        return minute;
    }

    /**
     * Hears the events, and folds the first {@code old} of them.
     *
     * @return whether one was left out because nothing proves it so far
     */
    private boolean hear(List<Line> events, int old, Instant newCut) {
        boolean doubted = false;
        for (int i = 0; i < events.size(); i++) {
            Line line = events.get(i);
            if (i == old) {
                fold(newCut);
            }
            hearWordsBefore(line);
            boolean planted = ForgeryGuard.possible(line) && doubts.planted(line, nextSwitch(events, i));
            doubted |= planted;
            if (!planted && !line.isStale(reloads)) {
                apply(new StateInput.LogEvent(line));
            }
        }
        hearWordsBefore(Instant.MAX);
        return doubted;
    }

    /** The next switch line of the same server: a backend hears those of all of its servers. */
    private static @Nullable Line nextSwitch(List<Line> events, int of) {
        for (int i = of + 1; i < events.size(); i++) {
            if (ForgeryGuard.isSwitch(events.get(i))
                    && Same.value(
                            events.get(i).message().serverName(),
                            events.get(of).message().serverName())) {
                return events.get(i);
            }
        }
        return null;
    }

    private void fold(Instant newCut) {
        if (!folded.isEmpty()) {
            hearWordsBefore(newCut);
            base = state;
            cut = newCut;
        }
    }

    private void hearWordsBefore(Line line) {
        while (!betweenLines.isEmpty() && !betweenLines.peek().isAfter(line.at(), line.pid())) {
            apply(betweenLines.poll());
        }
    }

    private void hearWordsBefore(Instant at) {
        while (!betweenLines.isEmpty() && betweenLines.peek().at().isBefore(at)) {
            apply(betweenLines.poll());
        }
    }

    private void apply(StateInput word) {
        StateUpdate<EntityState> step = state.on(word, rules);
        state = step.next();
        step.emissions().forEach(this::keep);
    }

    private void keep(OutputRecord emission) {
        said.put(emission.key(), emission);
    }

    /** All that is to be said, by key; the last word on each. */
    public Map<String, OutputRecord> said() {
        return said;
    }

    /** Keys of lines that need not be kept any longer. */
    List<String> folded() {
        return folded;
    }

    /** Whether what was said under this key belongs to a time that no line can change any more. */
    boolean isFinal(String key) {
        return cut != null
                && startOf(key).isBefore(cut)
                && base.lasting().stream().noneMatch(lasting -> lasting.key().equals(key));
    }

    /** The moment that the key of everything said ends with. */
    private static Instant startOf(String key) {
        return Instant.EPOCH.plus(Long.parseLong(key.substring(key.lastIndexOf('/') + 1)), ChronoUnit.MICROS);
    }
}
