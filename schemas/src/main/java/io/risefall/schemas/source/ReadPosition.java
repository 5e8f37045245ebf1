package io.risefall.schemas.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has been read, with the tally so far: written in the same transaction as the events before it. The
 * value of {@link Topics#POSITIONS}; the key is {@link #source()}. {@code lines = events + traffic + foreign + repeats +
 * rejected + unknownHeaders.lines}.
 *
 * @param source the source's name, as in {@link Origin#source()}
 * @param file what makes its file itself (inode, fingerprint of its first bytes); null for a source that is no file
 * @param offset the next byte to read
 * @param asOf the moment up to which the source has been read: now for a live source at its end, else the last line's
 * @param live whether it is still being followed
 * @param lines lines read
 * @param events health lines published
 * @param traffic lines of HAProxy that say nothing of health
 * @param foreign lines of other programs and lines without a known header, but for {@code unknownHeaders}
 * @param repeats copies that were not published again
 * @param rejected lines published to {@link Topics#REJECTED}
 * @param firstAt event time of the earliest health line; null while there is none
 * @param lastAt event time of the latest health line; null while there is none
 * @param nodes per node that spoke here: event time of its latest line
 * @param arrivals what came to its listener; null for a source that has none
 * @param fileOf for a file that a source read to its end and left, as at a rotation: that source, whose tally holds its
 *     lines too; such a record says only by what the file is known again. Null for a source itself
 * @param times per node: what its stamps told of its time, for going on reading; of records of before this was kept, none
 * @param unknownHeaders lines with a health sentence behind a header that is not known; null while there is none
 * @param levels per process: what its severities told; of records of before this was kept, none
 * @param unstamped its health lines that say no time, where it is read after the fact; null where it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadPosition(
        String source,
        @Nullable String file,
        long offset,
        Instant asOf,
        boolean live,
        long lines,
        long events,
        long traffic,
        long foreign,
        long repeats,
        long rejected,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        Map<String, Instant> nodes,
        @Nullable Arrivals arrivals,
        @Nullable String fileOf,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, NodeTime> times,
        @Nullable UnknownHeaders unknownHeaders,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ProcessLevel> levels,
        @Nullable Unstamped unstamped) {
    public ReadPosition {
        nodes = Map.copyOf(nodes);
        times = times == null ? Map.of() : Map.copyOf(times);
        levels = levels == null ? List.of() : List.copyOf(levels);
    }

    /** That of a source itself, whose stamps tell all. */
    public ReadPosition(
            String source,
            @Nullable String file,
            long offset,
            Instant asOf,
            boolean live,
            long lines,
            long events,
            long traffic,
            long foreign,
            long repeats,
            long rejected,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt,
            Map<String, Instant> nodes,
            @Nullable Arrivals arrivals) {
        this(
                source, file, offset, asOf, live, lines, events, traffic, foreign, repeats, rejected, firstAt, lastAt,
                nodes, arrivals, null, Map.of(), null, List.of(), null);
    }

    /** That of a file that {@code source} has left, read up to {@code offset}. */
    public static ReadPosition left(String source, String name, String file, long offset, Instant asOf) {
        return new ReadPosition(
                name, file, offset, asOf, false, 0, 0, 0, 0, 0, 0, null, null, Map.of(), null, source, Map.of(), null,
                List.of(), null);
    }
}
