package io.risefall.streams;

import io.risefall.streams.StreamsSettings.Rules;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * One subject's kept lines heard from the beginning, with what became of the node's processes between them. Lines older than
 * corrections reach back are folded into the base on the way. Lives for one replay.
 */
final class Replay {
    private final History before;
    private final Rules rules;
    private final Doubts doubts;
    private final List<Processes.Reload> reloads;
    private final Deque<Word> ofProcesses = new ArrayDeque<>();
    private final Map<String, Emission> said = new LinkedHashMap<>();
    private final List<String> folded = new ArrayList<>();
    private SubjectState base;
    private SubjectState state;
    private @Nullable Instant cut;

    Replay(History before, Processes processes, Doubts doubts, Rules rules) {
        this.doubts = doubts;
        this.before = before;
        this.rules = rules;
        reloads = processes.reloads();
        base = before.base();
        state = before.base();
        cut = before.cut();
        processes.wordsFor(before.subject().proxy()).stream()
                .filter(word -> cut == null || !word.at().isBefore(cut))
                .forEach(ofProcesses::add);
        base.lasting().forEach(this::keep);
    }

    /** Hears all lines, which must come in the order of {@link LineKey}, and gives the history after them. */
    History hear(List<KeyValue<String, Line>> lines) {
        if (lines.isEmpty()) {
            return before;
        }
        Instant newest = lines.get(lines.size() - 1).value.at();
        Instant newCut = newest.minus(rules.corrections()).truncatedTo(ChronoUnit.MINUTES);
        Instant oldest = newest;
        boolean folding = true;
        boolean doubted = false;
        Set<String> copies = Copies.of(lines);
        for (int i = 0; i < lines.size(); i++) {
            KeyValue<String, Line> entry = lines.get(i);
            boolean old = entry.value.at().isBefore(newCut);
            if (folding && !old) {
                folding = false;
                oldest = entry.value.at();
                fold(newCut);
            }
            if (old) {
                folded.add(entry.key);
            }
            if (copies.contains(entry.key)) {
                continue;
            }
            hearProcessesBefore(entry.value);
            boolean planted = Doubts.possible(entry.value) && doubts.planted(entry.value, nextSwitch(lines, i, copies));
            doubted |= planted;
            if (!planted && !entry.value.isStale(reloads)) {
                apply(new Word.Said(entry.value));
            }
        }
        hearProcessesBefore(Instant.MAX);
        String last = lines.get(lines.size() - 1).key;
        return new History(
                before.subject(),
                base,
                cut,
                state,
                last.compareTo(before.lastLine()) > 0 ? last : before.lastLine(),
                oldest,
                doubted);
    }

    private static @Nullable Line nextSwitch(List<KeyValue<String, Line>> lines, int after, Set<String> copies) {
        for (int i = after + 1; i < lines.size(); i++) {
            if (Doubts.isSwitch(lines.get(i).value) && !copies.contains(lines.get(i).key)) {
                return lines.get(i).value;
            }
        }
        return null;
    }

    private void fold(Instant newCut) {
        if (!folded.isEmpty()) {
            hearProcessesBefore(newCut);
            base = state;
            cut = newCut;
        }
    }

    private void hearProcessesBefore(Line line) {
        while (!ofProcesses.isEmpty() && isBefore(ofProcesses.peek(), line)) {
            apply(ofProcesses.poll());
        }
    }

    /** In the second of a takeover, lines of the old process come before it. */
    private static boolean isBefore(Word word, Line line) {
        boolean ofOldProcess = word instanceof Word.Reloaded reloaded
                && Long.valueOf(reloaded.fromPid()).equals(line.pid());
        int order = word.at().compareTo(line.at());
        return order < 0 || (order == 0 && !ofOldProcess);
    }

    private void hearProcessesBefore(Instant at) {
        while (!ofProcesses.isEmpty() && ofProcesses.peek().at().isBefore(at)) {
            apply(ofProcesses.poll());
        }
    }

    private void apply(Word word) {
        Step<SubjectState> step = state.on(word, rules);
        state = step.next();
        step.emissions().forEach(this::keep);
    }

    private void keep(Emission emission) {
        said.put(emission.key(), emission);
    }

    /** All that is to be said, by key; the last word on each. */
    Map<String, Emission> said() {
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
