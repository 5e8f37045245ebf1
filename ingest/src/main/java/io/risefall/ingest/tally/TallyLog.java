package io.risefall.ingest.tally;

import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.UnknownHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the tally of every source into the log, one line each, if it has changed since the last time. The numbers of a
 * line add up: received = events + traffic + foreign + rejected + unknown_header + waiting. Which events repeat others is not known here;
 * the view {@code ingest} shows it. Called by one thread.
 */
public final class TallyLog {
    private final Consumer<String> log;
    private final Map<String, String> before = new HashMap<>();

    public TallyLog(Consumer<String> log) {
        this.log = log;
    }

    public void write(List<ReadPosition> tallies) {
        for (ReadPosition tally : tallies) {
            String line = line(tally);
            if (!line.equals(before.put(tally.source(), line))) {
                log.accept(tally.source() + ": " + line);
            }
        }
    }

    private static String line(ReadPosition tally) {
        Arrivals arrivals = Arrivals.of(tally);
        long dropped =
                arrivals.dropped().values().stream().mapToLong(Long::longValue).sum();
        long unknown = UnknownHeaders.of(tally).lines();
        return "received %d = events %d + traffic %d + foreign %d + rejected %d%s + waiting %d; dropped %d"
                .formatted(
                        tally.lines() + arrivals.waiting(),
                        tally.events(),
                        tally.traffic(),
                        tally.foreign(),
                        tally.rejected(),
                        unknown == 0 ? "" : " + unknown_header " + unknown,
                        arrivals.waiting(),
                        dropped);
    }
}
