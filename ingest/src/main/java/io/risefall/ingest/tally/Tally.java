package io.risefall.ingest.tally;

import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.unknown.UnknownHeader;
import io.risefall.ingest.unknown.UnknownHeaderCounts;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts of what the lines of one source turned out to be. A line counts once, whatever it stands for: {@code message
 * repeated 3 times} is one of {@code events} and three records. Not thread-safe.
 */
public final class Tally {
    /** Senders choose their names, so position records must not grow with them; the least recent goes. */
    private static final int MAX_NODES = 1000;

    private static final int MAX_ZONES = 10;

    public long lines;
    public long events;
    public long traffic;
    public long foreign;
    long repeats;
    public long rejected;
    /** Of the traffic, lines with a health sentence at another severity than HAProxy's, since the last restore. */
    public long sentences;

    /** Of the foreign lines, those of other programs, since the last restore; the others have an unknown header. */
    public long ofOthers;

    private final UnknownHeaderCounts unknown = new UnknownHeaderCounts();
    /** Lines rejected because of their time zone, by reason, since the last restore. */
    private final Map<String, Long> refusedZones = new TreeMap<>();

    private @Nullable Instant firstAt;
    private @Nullable Instant lastAt;
    private @Nullable Instant lastLineAt;
    private final Map<String, Instant> nodes = new HashMap<>();

    /** Continues from what was published; null: starts from zero. */
    public void restore(@Nullable ReadPosition saved) {
        lines = saved == null ? 0 : saved.lines();
        events = saved == null ? 0 : saved.events();
        traffic = saved == null ? 0 : saved.traffic();
        foreign = saved == null ? 0 : saved.foreign();
        repeats = saved == null ? 0 : saved.repeats();
        rejected = saved == null ? 0 : saved.rejected();
        sentences = 0;
        ofOthers = 0;
        unknown.restore(saved);
        firstAt = saved == null ? null : saved.firstAt();
        lastAt = saved == null ? null : saved.lastAt();
        lastLineAt = saved == null ? null : saved.asOf();
        nodes.clear();
        refusedZones.clear();
        if (saved != null) {
            nodes.putAll(saved.nodes());
        }
    }

    /** A line with events. */
    public void events(LineOutcome.Events outcome) {
        lines++;
        traffic -= outcome.earlier();
        sentences -= outcome.earlier();
        events += 1L + outcome.earlier();
        times(outcome.events());
    }

    /** A line that was counted as {@link #rejected} so far is an event. */
    public void resolved(HealthEvent event) {
        rejected--;
        events++;
        times(List.of(event));
    }

    private void times(List<HealthEvent> found) {
        for (HealthEvent event : found) {
            if (firstAt == null || event.at().isBefore(firstAt)) {
                firstAt = event.at();
            }
            if (lastAt == null || event.at().isAfter(lastAt)) {
                lastAt = event.at();
            }
            time(event.node(), event.at());
        }
    }

    public void traffic(LineOutcome.Traffic outcome) {
        lines++;
        traffic++;
        sentences += outcome.sentence() ? 1 : 0;
        if (outcome.at() != null) {
            time(outcome.node(), outcome.at());
        }
    }

    public void traffic(String node, long count, @Nullable Instant latest) {
        lines += count;
        traffic += count;
        if (latest != null) {
            active(node, latest);
        }
    }

    public void last(Instant at) {
        lastLineAt = at;
    }

    /** @param tagged whether they have the tag of another program; else their header is unknown */
    public void unrelated(long count, boolean tagged) {
        lines += count;
        foreign += count;
        ofOthers += tagged ? count : 0;
    }

    /** Whether it is the first of a shape that is shown to users. */
    public boolean unknown(UnknownHeader header) {
        lines++;
        return unknown.count(header);
    }

    public UnknownHeaderCounts unknown() {
        return unknown;
    }

    /** Counts a line rejected because of its time zone; true for the first of each reason. */
    public boolean refusedZone(String why) {
        boolean known = refusedZones.containsKey(why);
        if (known || refusedZones.size() < MAX_ZONES) {
            refusedZones.merge(why, 1L, Long::sum);
        }
        return !known && refusedZones.containsKey(why);
    }

    public Map<String, Long> refusedZones() {
        return refusedZones;
    }

    public void rejected() {
        lines++;
        rejected++;
    }

    /** The time of the latest line that had one, or what was restored; null while there is none. */
    public @Nullable Instant lastLineAt() {
        return lastLineAt;
    }

    private void time(String node, Instant at) {
        lastLineAt = at;
        active(node, at);
    }

    private void active(String node, Instant at) {
        Instant before = nodes.get(node);
        if (before == null || at.isAfter(before)) {
            nodes.put(node, at);
            if (nodes.size() > MAX_NODES) {
                forgetLongestSilent();
            }
        }
    }

    /** Who has spoken in the source. */
    public Set<String> nodes() {
        return Set.copyOf(nodes.keySet());
    }

    private void forgetLongestSilent() {
        nodes.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .ifPresent(nodes::remove);
    }

    public ReadPosition position(LineSource source, Instant asOf, boolean live, @Nullable Arrivals arrivals) {
        return new ReadPosition(
                source.name(),
                source.file(),
                source.offset(),
                asOf,
                live,
                lines,
                events,
                traffic,
                foreign,
                repeats,
                rejected,
                firstAt,
                lastAt,
                nodes,
                arrivals,
                null,
                source.state().times().all(),
                unknown.kept(),
                source.state().levels().all(),
                source.unstamped());
    }
}
