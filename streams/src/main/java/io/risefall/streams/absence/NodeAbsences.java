package io.risefall.streams.absence;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.schemas.state.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the sources of one node were not listened to, and when each source last had a line. Pure. A function of what arrived, in
 * whatever order: the time of a source's last line is kept in steps of ten seconds and stored only when the step changes.
 *
 * @param missed the absences, by begin
 * @param lastLines per source: the begin of the ten seconds of its latest line
 */
public record NodeAbsences(
        List<Missed> missed, @JsonProperty("lastWords") Map<String, Instant> lastLines) {
    public static final NodeAbsences NONE = new NodeAbsences(List.of(), Map.of());

    /** One per restart: older ones are beyond the reach of corrections. */
    private static final int MOST_ABSENCES = 500;
    /** Imported files are sources too; the one that was silent for longest is dropped. */
    private static final int MOST_SOURCES = 64;

    private static final long GRAIN_SECONDS = Duration.ofSeconds(10).toSeconds();

    public NodeAbsences {
        missed = List.copyOf(missed);
        lastLines = Map.copyOf(lastLines);
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
        return new NodeAbsences(more.subList(Math.max(0, more.size() - MOST_ABSENCES), more.size()), lastLines);
    }

    /** After a line of any kind from {@code source}. */
    public NodeAbsences lineReceived(String source, Instant at) {
        Instant before = lastLines.get(source);
        if (before != null && at.isBefore(before.plusSeconds(GRAIN_SECONDS))) {
            return this;
        }
        Map<String, Instant> lines = new TreeMap<>(lastLines);
        lines.put(source, Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), GRAIN_SECONDS) * GRAIN_SECONDS));
        if (lines.size() > MOST_SOURCES) {
            lines.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(lines::remove);
        }
        return new NodeAbsences(missed, lines);
    }

    /** Whether {@link #of} can differ from {@code before} for a proxy. */
    public boolean differsFrom(NodeAbsences before) {
        return !missed.equals(before.missed)
                || lastLines.entrySet().stream()
                        .anyMatch(line -> missed.stream()
                                .anyMatch(one -> !line.getValue().isBefore(one.until)
                                        && before.lastLines
                                                .getOrDefault(line.getKey(), Instant.MIN)
                                                .isBefore(one.until)));
    }

    /** Whether one began at {@code at} or later. */
    public boolean reachBeyond(Instant at) {
        return !missed.isEmpty() && !missed.get(missed.size() - 1).from.isBefore(at);
    }

    /**
     * The times in which a proxy's lines can be lost, in order and without overlap. An absence of one source loses nothing if
     * another source carried the proxy's lines before, was not absent meanwhile and has had lines since.
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
        return lastLines.entrySet().stream()
                .anyMatch(line -> !line.getKey().equals(one.source)
                        && carriers.carried(line.getKey(), one.from)
                        && !line.getValue().isBefore(one.until)
                        && missed.stream()
                                .noneMatch(other -> other.source.equals(line.getKey()) && other.overlaps(one)));
    }
}
