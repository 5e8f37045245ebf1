package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {
    @Test
    void everyDefaultIsNamed() {
        assertThat(IngestSettings.of("127.0.0.1:9092", Path.of("data"), ZoneOffset.UTC))
                .hasToString(
                        "IngestSettings[bootstrapServers=127.0.0.1:9092, instance=ingest-1, dataDir=data, tails=[],"
                                + " udp=[], tcp=[], zone=Z, tags=[haproxy], limits=IngestLimits[fileLine=1048576,"
                                + " networkLine=65536, connections=1024, idle=PT10M, udpReceiveBuffer=4194304,"
                                + " batchRecords=20000, batchWait=PT0.2S, heartbeat=PT5S, poll=PT0.2S, journal=4294967296,"
                                + " journalSegment=67108864, journalSync=PT1S, brokerWait=PT10S]]");
    }
}
