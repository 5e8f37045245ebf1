package io.risefall.streams.absence;

import io.risefall.schemas.state.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the sources of one node were not listened to, and until when each source has spoken. Pure. A function of what came,
 * in whatever order: so the last word of a source is kept to ten seconds, and stored only where those change.
 *
 * @param missed the absences, by begin
 * @param lastWords per source: the begin of the ten seconds of its latest line
 */
public record NodeAbsences(List<Missed> missed, Map<String, Instant> lastWords) {
    public static final NodeAbsences NONE = new NodeAbsences(List.of(), Map.of());

    /** Restarts, not moments: those before are older than anything that can still be corrected. */
    private static final int MOST_ABSENCES = 500;
    /** Files that were imported are sources too; the longest silent goes. */
    private static final int MOST_SOURCES = 64;

    private static final long GRAIN_SECONDS = Duration.ofSeconds(10).toSeconds();

    public NodeAbsences {
        missed = List.copyOf(missed);
        lastWords = Map.copyOf(lastWords);
    }

    /** One absence of one source. */
    public record Missed(String source, Instant from, Instant until) {
        private boolean overlaps(Missed other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }
    }

    /** With one more. */
    public NodeAbsences with(Absence absence) {
        Missed one = new Missed(absence.source(), absence.stampedFrom(), absence.stampedTo());
        if (missed.contains(one)) {
            return this;
        }
        List<Missed> more = new ArrayList<>(missed);
        more.add(one);
        more.sort(Comparator.comparing(Missed::from).thenComparing(Missed::source));
        return new NodeAbsences(more.subList(Math.max(0, more.size() - MOST_ABSENCES), more.size()), lastWords);
    }

    /** A line of any kind came from {@code source}. */
    public NodeAbsences heard(String source, Instant at) {
        Instant before = lastWords.get(source);
        if (before != null && at.isBefore(before.plusSeconds(GRAIN_SECONDS))) {
            return this;
        }
        Map<String, Instant> words = new TreeMap<>(lastWords);
        words.put(source, Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), GRAIN_SECONDS) * GRAIN_SECONDS));
        if (words.size() > MOST_SOURCES) {
            words.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(words::remove);
        }
        return new NodeAbsences(missed, words);
    }

    /** Whether what concerns a proxy can be another than it was {@code before}. */
    public boolean differsFrom(NodeAbsences before) {
        return !missed.equals(before.missed)
                || lastWords.entrySet().stream()
                        .anyMatch(word -> missed.stream()
                                .anyMatch(one -> !word.getValue().isBefore(one.until)
                                        && before.lastWords
                                                .getOrDefault(word.getKey(), Instant.MIN)
                                                .isBefore(one.until)));
    }

    /** Whether one began at {@code at} or later. */
    public boolean reachBeyond(Instant at) {
        return !missed.isEmpty() && !missed.get(missed.size() - 1).from.isBefore(at);
    }

    /**
     * The times in which a proxy's lines can be lost, in their order and without overlap. An absence of one source loses
     * nothing where another one carried the proxy's lines before, was not absent meanwhile and has spoken since.
     */
    public List<AbsencePeriod> of(SourceCoverage carriers) {
        List<AbsencePeriod> all = new ArrayList<>();
        for (Missed one : missed) {
            if (isCarried(one, carriers)) {
                continue;
            }
            AbsencePeriod last = all.isEmpty() ? null : all.get(all.size() - 1);
            if (last != null && !one.from.isAfter(last.until())) {
                all.set(
                        all.size() - 1,
                        new AbsencePeriod(last.from(), one.until.isAfter(last.until()) ? one.until : last.until()));
            } else {
                all.add(new AbsencePeriod(one.from, one.until));
            }
        }
        return all;
    }

    private boolean isCarried(Missed one, SourceCoverage carriers) {
        return lastWords.entrySet().stream()
                .anyMatch(word -> !word.getKey().equals(one.source)
                        && carriers.carried(word.getKey(), one.from)
                        && !word.getValue().isBefore(one.until)
                        && missed.stream()
                                .noneMatch(other -> other.source.equals(word.getKey()) && other.overlaps(one)));
    }
}
