package io.risefall.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.LastRecords;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.ingest.FileImport;
import io.risefall.ingest.ImportProgress;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import io.risefall.streams.HealthStreams;
import io.risefall.streams.model.StreamsSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * What the streams part stores of 100 000 servers, of 10 000 without the profile {@code long}: it grows with them, and not
 * with time. Writes target/many-servers.tsv.
 */
@RealParts
class ManyServersTest {
    private static final int NODES = Length.of(10, 100);
    private static final int BACKENDS = 50;
    private static final int SERVERS = 20;
    private static final long ALL = (long) NODES * BACKENDS * SERVERS;
    /** More than corrections reach back, so that older lines are folded. */
    private static final Duration APART = Duration.ofDays(9);

    /** Never a whole second, so that all stamps have the same form. */
    private static final Instant START = Instant.parse("2026-10-01T00:00:00.050Z");

    @TempDir
    private Path temp;

    private final StringBuilder report =
            new StringBuilder("outages of each\tservers\tstore MB\tbytes a server\theap MB\n");

    @Test
    void stateGrowsWithServersAndNotWithTime() throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(temp.resolve("broker"))) {
            kafka.start();
            BrokerPart.createTopics(kafka.address(), TopicsSetup.PARTITIONS);
            Path state = temp.resolve("state");
            StreamsSettings settings =
                    StreamsSettings.of(kafka.address(), state).withThreads(TopicsSetup.PARTITIONS);
            List<Long> sizes = new ArrayList<>();
            for (int outages = 1; outages <= 2; outages++) {
                read(kafka.address(), outageOfAll(outages));
                // Closed before its files are measured: what it has in memory is written then.
                try (HealthStreams streams = new HealthStreams(settings)) {
                    streams.start();
                    awaitProcessed(kafka.address(), settings);
                    assertThat(streams.failed()).isNotDone();
                }
                sizes.add(row(outages, state));
            }
            Files.writeString(Path.of("target", "many-servers.tsv"), report);
            assertThat(sizes.get(0) / ALL).as("bytes a server").isLessThan(4 * 1024L);
            assertThat(sizes.get(1)).as("after a second outage of all").isLessThan(2 * sizes.get(0));
        }
    }

    /** Each server of each node goes DOWN and comes back. */
    private Path outageOfAll(int number) throws IOException {
        Path file = temp.resolve("outages-" + number + ".log");
        Instant at = START.plus(APART.multipliedBy(number));
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false)) {
            for (int backend = 0; backend < BACKENDS; backend++) {
                for (boolean down : new boolean[] {true, false}) {
                    for (int server = 0; server < SERVERS; server++) {
                        at = at.plusMillis(100);
                        int up = down ? SERVERS - 1 - server : server + 1;
                        for (int node = 0; node < NODES; node++) {
                            out.printf(
                                    "%s lb%d haproxy[4043]: Server be_%d/srv%d is %s, reason: %s, check duration: 1ms. "
                                            + "%d active and 0 backup servers %s.%n",
                                    at.toString().replace("Z", "000+00:00"),
                                    node,
                                    backend,
                                    server,
                                    down ? "DOWN" : "UP",
                                    down ? "Layer4 timeout" : "Layer7 check passed, code: 200",
                                    up,
                                    down
                                            ? "left. 0 sessions active, 0 requeued, 0 remaining in queue"
                                            : "online. 0 sessions requeued, 0 total in queue");
                        }
                    }
                }
            }
        }
        return file;
    }

    private void read(KafkaAddress kafka, Path file) {
        long events = new FileImport(IngestSettings.of(kafka, temp), Clock.systemUTC())
                .importFiles(List.of(new FileSource(file, ZoneOffset.UTC)), ImportProgress.NONE)
                .files()
                .get(0)
                .events();
        assertThat(events).isEqualTo(2 * ALL);
    }

    private static void awaitProcessed(KafkaAddress kafka, StreamsSettings settings) throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (int partition = 0; partition < TopicsSetup.PARTITIONS; partition++) {
                wanted.put(new TopicPartition(Topics.EVENTS.topic(), partition), OffsetSpec.latest());
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(wanted).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            Map<TopicPartition, Long> last = LastRecords.before(ends, kafka);
            await().atMost(Duration.ofMinutes(30))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> HealthStreams.hasProcessed(admin, settings.applicationId(), last));
        }
    }

    private long row(int outages, Path state) throws Exception {
        compact(state);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        long bytes = size(state);
        report.append(String.format(
                Locale.ROOT, "%d\t%d\t%.0f\t%d\t%.0f%n", outages, ALL, bytes / 1e6, bytes / ALL, heap / 1e6));
        return bytes;
    }

    /** RocksDB deletes what was replaced when it compacts a store, which it puts off. */
    private static void compact(Path state) throws Exception {
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(one -> one.endsWith("CURRENT")).toList()) {
                compactStore(file.getParent().toString());
            }
        }
    }

    private static void compactStore(String store) throws RocksDBException {
        try (Options listing = new Options();
                DBOptions options = new DBOptions();
                ColumnFamilyOptions plain = new ColumnFamilyOptions();
                CompactRangeOptions whole = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            List<ColumnFamilyHandle> families = new ArrayList<>();
            List<ColumnFamilyDescriptor> all = RocksDB.listColumnFamilies(listing, store).stream()
                    .map(name -> new ColumnFamilyDescriptor(name, plain))
                    .toList();
            try (RocksDB open = RocksDB.open(options, store, all, families)) {
                for (ColumnFamilyHandle family : families) {
                    open.compactRange(family, null, null, whole);
                    family.close();
                }
            }
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(ManyServersTest::sizeOfFile).sum();
        }
    }

    /** A store's files come and go while it works. */
    private static long sizeOfFile(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
