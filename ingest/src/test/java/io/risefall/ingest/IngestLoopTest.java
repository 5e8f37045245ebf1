package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.file.KnownFiles;
import io.risefall.ingest.file.TailedFiles;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestLoopTest {
    /** Listeners start next: a journal that is new here must not take lines at places that were read elsewhere. */
    @Test
    void whenItIsOpenEverySourceKnowsWhereItGoesOn() {
        InMemorySource source = new InMemorySource(lines -> {});
        Clock clock = Clock.systemUTC();
        KnownFiles known = new KnownFiles();
        TailedFiles files = new TailedFiles(List.of(), List.of(), IngestLimits.DEFAULT.fileLine(), clock, known);
        new IngestLoop(
                        List.of(source),
                        files,
                        known,
                        new RecordingSink(),
                        IngestLimits.DEFAULT,
                        KafkaAddress.of("nowhere:9092"),
                        new Waker(),
                        clock)
                .open();
        assertThat(source.knowsWhereItGoesOn()).isTrue();
    }
}
