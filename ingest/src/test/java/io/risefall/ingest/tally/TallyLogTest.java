package io.risefall.ingest.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyLogTest {
    private final List<String> lines = new ArrayList<>();
    private final TallyLog log = new TallyLog(lines::add);

    @Test
    void aLinePerSourceThatHasChanged() {
        log.write(List.of(tally("udp:127.0.0.1:5514", 7), tally("file:/var/log/haproxy.log", 1)));
        log.write(List.of(tally("udp:127.0.0.1:5514", 8), tally("file:/var/log/haproxy.log", 1)));
        assertThat(lines)
                .containsExactly(
                        "udp:127.0.0.1:5514: received 32 = events 7 + traffic 20 + foreign 1 + rejected 1"
                                + " + waiting 3; dropped 2",
                        "file:/var/log/haproxy.log: received 26 = events 1 + traffic 20 + foreign 1"
                                + " + rejected 1 + waiting 3; dropped 2",
                        "udp:127.0.0.1:5514: received 33 = events 8 + traffic 20 + foreign 1 + rejected 1"
                                + " + waiting 3; dropped 2");
    }

    private static ReadPosition tally(String source, long events) {
        Arrivals arrivals = new Arrivals(3, Map.of("the journal was full", 2L), Map.of(), List.of(), Map.of());
        return new ReadPosition(
                source, null, 0, Instant.EPOCH, true, events + 22, events, 20, 1, 0, 1, null, null, Map.of(), arrivals);
    }
}
