package io.risefall.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.ingest.FileImport;
import io.risefall.ingest.ImportProgress;
import io.risefall.ingest.ImportedFile;
import io.risefall.ingest.Ingest;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tail read and left is known from a real broker: by the next tail and by an import. */
@RealParts
class FilesOverKafkaTest {
    @TempDir
    Path temp;

    private Path log;

    @Test
    void aFileThatATailLeftAddsNothingWhenItIsImported() throws Exception {
        log = temp.resolve("haproxy.log");
        try (EmbeddedKafka kafka = new EmbeddedKafka(temp.resolve("kafka"))) {
            kafka.start();
            BrokerPart.createTopics(kafka.address(), 3);
            IngestSettings settings = IngestSettings.of(kafka.address(), temp.resolve("data"))
                    .withPatterns(List.of(new FilePattern(temp + "/*.log", LineDefaults.of(ZoneOffset.UTC))));
            try (Ingest ingest = new Ingest(settings, Clock.systemUTC())) {
                ingest.start();
                append(1, 100);
                awaitEvents(ingest, 100);
                Files.move(log, temp.resolve("haproxy.log.1"));
                append(101, 150);
                awaitEvents(ingest, 150);
            }
            Files.move(temp.resolve("haproxy.log.1"), temp.resolve("haproxy.log.2"));
            Files.move(log, temp.resolve("haproxy.log.1"));
            append(151, 160);
            try (Ingest ingest = new Ingest(settings, Clock.systemUTC())) {
                ingest.start();
                awaitEvents(ingest, 160);
            }
            for (String name : List.of("haproxy.log", "haproxy.log.1", "haproxy.log.2")) {
                ImportedFile again = new FileImport(settings, Clock.systemUTC())
                        .importFiles(List.of(new FileSource(temp.resolve(name), ZoneOffset.UTC)), ImportProgress.NONE)
                        .files()
                        .get(0);
                assertThat(again.lines()).as("%s: %s", name, again.notes()).isZero();
            }
        }
    }

    private void append(int from, int to) throws Exception {
        String lines = IntStream.rangeClosed(from, to)
                .mapToObj(n -> "2026-11-23T01:00:00.000000+00:00 lb1 haproxy[4043]: Server app/srv" + n + " is DOWN.\n")
                .collect(Collectors.joining());
        Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitEvents(Ingest ingest, long count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ingest.tallies().stream().map(ReadPosition::events))
                        .containsExactly(count));
    }
}
