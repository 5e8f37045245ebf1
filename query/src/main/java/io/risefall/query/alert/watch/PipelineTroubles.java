package io.risefall.query.alert.watch;

import io.risefall.query.alert.engine.Trouble;
import io.risefall.query.alert.engine.TroubleChange;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsBacklog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the way of the lines to the warehouse. A source counts only once it has been seen to go on since this began:
 * one that was taken away while Risefall was stopped is no trouble. Used by one thread.
 */
final class PipelineTroubles {
    /** So many are read and processed within the hold, so that what they say comes before an alert opens without it. */
    private static final long FEW = 5_000;

    private final Duration limit;
    private final Set<String> going = new HashSet<>();
    private @Nullable Instant behindSince;

    PipelineTroubles(AlertSettings settings) {
        limit = settings.pipelineSilent();
    }

    /** Whether the warehouse shows the fleet as the logs have it, but for a moment. */
    static boolean isCaughtUp(ReadingState state) {
        return state.awaySince() == null
                && !state.behind().isEmpty()
                && warehouse(state) <= FEW
                && streams(state) <= FEW;
    }

    private static long warehouse(ReadingState state) {
        return state.behind().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long streams(ReadingState state) {
        return state.streams().values().stream()
                .mapToLong(StreamsBacklog::records)
                .sum();
    }

    /**
     * @param sources until when each live source has been read
     * @param known what the engine has
     */
    List<TroubleChange> changes(
            ReadingState state, Map<String, Instant> sources, Collection<Trouble> known, Instant now) {
        List<Trouble> lasting = new ArrayList<>();
        Instant away = state.awaySince();
        behindSince = away != null || warehouse(state) <= FEW ? null : behindSince == null ? now : behindSince;
        if (away != null) {
            add(lasting, "kafka", away, now, "Kafka is away, and nothing is read");
        } else {
            if (behindSince != null) {
                add(lasting, "warehouse", behindSince, now, "the warehouse does not keep up with Kafka");
            }
            state.streams().values().stream()
                    .filter(lag -> lag.records() > FEW)
                    .map(StreamsBacklog::since)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .ifPresent(since -> add(lasting, "streams", since, now, "lines are not processed"));
            Set<String> before = new HashSet<>();
            known.forEach(trouble -> before.add(trouble.id()));
            sources.forEach((source, asOf) -> {
                if (now.isBefore(asOf.plus(limit))) {
                    going.add(source);
                } else if (going.contains(source) || before.contains("source " + source)) {
                    add(lasting, "source " + source, asOf, now, "nothing comes in from " + source);
                }
            });
        }
        List<TroubleChange> changes = new ArrayList<>();
        Set<String> last = new HashSet<>();
        for (Trouble trouble : lasting) {
            last.add(trouble.id());
            changes.add(TroubleChange.lasts(trouble));
        }
        for (Trouble trouble : known) {
            boolean unknown = away != null && trouble.id().startsWith("source ");
            if (trouble.kind() == Trouble.Kind.PIPELINE && !last.contains(trouble.id()) && !unknown) {
                changes.add(TroubleChange.over(trouble, now, "up"));
            }
        }
        return changes;
    }

    private void add(List<Trouble> lasting, String id, Instant since, Instant now, String words) {
        if (!now.isBefore(since.plus(limit))) {
            lasting.add(new Trouble(
                    Trouble.Kind.PIPELINE, id, "", "", "", since.plus(limit), since, null, words, false, 0));
        }
    }
}
