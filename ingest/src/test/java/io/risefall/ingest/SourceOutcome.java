package io.risefall.ingest;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ReadPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that comes out of a source.
 *
 * @param minutes node, process and minute of every line, and whether it is traffic
 * @param firsts the first line of every node and process
 * @param rejected as {@link #show} shows them
 * @param tally with the time of the last line
 */
record SourceOutcome(
        List<HealthEvent> events,
        List<String> rejected,
        ReadPosition tally,
        SortedSet<String> minutes,
        SortedMap<String, Instant> firsts) {
    static SourceOutcome of(
            List<HealthEvent> events, List<String> rejected, ReadPosition tally, List<ProcessActivity> signs) {
        SortedSet<String> minutes = new TreeSet<>();
        SortedMap<String, Instant> firsts = new TreeMap<>();
        for (ProcessActivity sign : signs) {
            String who = sign.node() + " " + sign.pid();
            for (int minute = 0; minute < 60; minute++) {
                Instant at = sign.hour().plus(Duration.ofMinutes(minute));
                if ((sign.minutes() >> minute & 1) != 0) {
                    minutes.add(who + " " + at + " any");
                }
                if ((sign.traffic() >> minute & 1) != 0) {
                    minutes.add(who + " " + at + " traffic");
                }
            }
            firsts.merge(who, sign.firstAt(), (one, other) -> one.isBefore(other) ? one : other);
        }
        return new SourceOutcome(events, rejected, tally, minutes, firsts);
    }

    static String show(Rejected rejected) {
        return rejected.why() + " " + rejected.origin() + " "
                + new String(rejected.bytes(), StandardCharsets.ISO_8859_1);
    }
}
