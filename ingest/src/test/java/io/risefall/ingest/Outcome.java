package io.risefall.ingest;

import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.ReadPosition;
import io.risefall.schemas.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All that comes out of a source.
 *
 * @param rejected as {@link #show} shows them
 * @param tally with the time of the last line
 */
record Outcome(List<HealthEvent> events, List<String> rejected, ReadPosition tally) {
    static String show(Rejected rejected) {
        return rejected.why() + " " + rejected.origin() + " "
                + new String(rejected.bytes(), StandardCharsets.ISO_8859_1);
    }
}
