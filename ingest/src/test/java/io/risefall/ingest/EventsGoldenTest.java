package io.risefall.ingest;

import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.Golden;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** First link of the chain of goldens: from a log to events. */
class EventsGoldenTest {
    private static final Instant READ_AT = Instant.parse("2026-11-23T03:00:00Z");

    @ParameterizedTest
    @FieldSource("io.risefall.schemas.Golden#RUNS")
    void events(String run) throws IOException {
        LineReader reader = new LineReader(
                new LineContext("file:/var/log/haproxy.log", LineDefaults.of(ZoneId.of("UTC")), READ_AT));
        JsonSerde<HealthEvent> serde = JsonSerde.of(HealthEvent.class);
        List<String> made = new ArrayList<>();
        long position = 0;
        for (byte[] line : Corpus.scenario(run).lines("rsyslog-iso.log")) {
            LineOutcome outcome = reader.read(line, 0, line.length, position, READ_AT, null);
            if (outcome instanceof LineOutcome.Events events) {
                events.events().forEach(event -> made.add(Golden.line(serde.serialize(Topics.EVENTS.topic(), event))));
            }
            position += line.length + 1;
        }
        Golden.check(run, "events.jsonl", made);
    }
}
