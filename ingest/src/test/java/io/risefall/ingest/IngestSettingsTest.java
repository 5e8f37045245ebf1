package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.context.LineDefaults;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {
    @Test
    void everyDefaultIsNamed() {
        assertThat(IngestSettings.of("127.0.0.1:9092", Path.of("data")))
                .hasToString("IngestSettings[kafka=127.0.0.1:9092, instance=ingest-1, dataDir=data, files=[],"
                        + " patterns=[], network=[], limits=IngestLimits[fileLine=1048576, batchRecords=20000, batchWait=PT0.2S,"
                        + " heartbeat=PT5S, poll=PT0.2S, brokerWait=PT10S,"
                        + " network=NetworkLimits[message=65536, connections=1024, idle=PT10M, handshake=PT10S,"
                        + " udpReceiveBuffer=4194304],"
                        + " journal=JournalLimits[bytes=4294967296, segment=67108864, sync=PT1S]]]");
        assertThat(LineDefaults.of(ZoneOffset.UTC))
                .hasToString("LineDefaults[node=null, zone=Z, zoneAssumed=false, year=null, tags=[haproxy]]");
    }
}
