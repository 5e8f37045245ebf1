package io.risefall.bench;

import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.LastRecords;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.kafka.WantedTopics;
import io.risefall.ingest.FileImport;
import io.risefall.ingest.ImportProgress;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.HealthStreams;
import io.risefall.streams.model.StreamsSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How many health lines a second the streams part works off with so many threads, and what its state takes:
 * {@code bench/streams.sh NODES LINES_OF_EACH THREADS...}. Each node has 1000 servers. The same records are worked off
 * once for each number of threads, each time from nothing; then what one more line costs, a late one, one in order and a reload.
 */
public final class MeasureStreams {
    private static final int PARTITIONS = TopicsSetup.PARTITIONS;

    private MeasureStreams() {}

    public static void main(String[] arguments) throws Exception {
        int nodes = Integer.parseInt(arguments[0]);
        int lines = Integer.parseInt(arguments[1]);
        Path place = Files.createTempDirectory("risefall-bench");
        try (EmbeddedKafka kafka = new EmbeddedKafka(place)) {
            kafka.start();
            try (TopicsSetup topics = new TopicsSetup(kafka.address())) {
                topics.create(WantedTopics.unlessThere(PARTITIONS));
            }
            publish(place, kafka.address(), nodes, lines);
            System.out.printf(Locale.ROOT, "%d nodes of 1000 servers, %d health lines each%n%n", nodes, lines);
            System.out.println(
                    "| threads | lines/s | CPU s | store MB | bytes a server | heap MB |\n|---|---|---|---|---|---|");
            for (int i = 2; i < arguments.length; i++) {
                measure(place, kafka.address(), Integer.parseInt(arguments[i]), nodes, lines);
            }
        } finally {
            delete(place);
        }
    }

    private static void publish(Path place, KafkaAddress kafka, int nodes, int lines) throws IOException {
        List<FileSource> sources = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            Path file = place.resolve("lb" + node + ".log");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                out.write(("log of node " + node + "\n").getBytes(StandardCharsets.UTF_8));
                GenerateLog.write("health", lines, out);
            }
            sources.add(new FileSource(file, LineDefaults.of(ZoneOffset.UTC).withNode("lb" + node)));
        }
        new FileImport(IngestSettings.of(kafka, place), Clock.systemUTC()).importFiles(sources, ImportProgress.NONE);
    }

    private static void measure(Path place, KafkaAddress kafka, int threads, int nodes, int lines) throws Exception {
        Path stateDir = place.resolve("state-" + threads);
        StreamsSettings settings = new StreamsSettings(
                kafka, stateDir, "bench-" + threads, "bench", threads, 1, 0, StreamsSettings.Rules.DEFAULTS);
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            Map<TopicPartition, Long> last = LastRecords.before(ends(admin), kafka);
            long begin = System.nanoTime();
            long cpu = cpuNanos();
            try (HealthStreams streams = new HealthStreams(settings)) {
                streams.start();
                while (!HealthStreams.hasProcessed(admin, settings.applicationId(), last)) {
                    Thread.sleep(250);
                }
                double seconds = (System.nanoTime() - begin) / 1e9;
                double cpuSeconds = (cpuNanos() - cpu) / 1e9;
                System.gc();
                long heap = Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory();
                long bytes = size(stateDir);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.0f | %.1f | %.0f | %d | %.0f |%n",
                        threads,
                        (double) nodes * lines / seconds,
                        cpuSeconds,
                        bytes / 1e6,
                        bytes / (nodes * 1000L),
                        heap / 1e6);
                corrections(place, kafka, admin, settings, threads);
            }
        }
    }

    /** What one more line of the first node costs, by what it changes. */
    private static void corrections(Path place, KafkaAddress kafka, Admin admin, StreamsSettings settings, int threads)
            throws Exception {
        String check = "Health check for server be_00/srv00 failed, reason: Layer4 connection problem, info: "
                + "\"Connection refused\", check duration: 0ms, status: 2/3 UP.";
        String late = "2026-11-20T00:00:01.500000+00:00 lb1 haproxy[4043]: " + check;
        String last = "2026-11-21T00:00:00.500000+00:00 lb1 haproxy[4043]: " + check;
        String reload = "2026-11-21T00:00:01.500000+00:00 lb1 haproxy[4044]: Proxy be_00 started.";
        for (Map.Entry<String, String> line :
                List.of(Map.entry("late line", late), Map.entry("last line", last), Map.entry("reload", reload))) {
            Path file = place.resolve(line.getKey().replace(' ', '-') + threads + ".log");
            Files.writeString(file, line.getValue() + "\n");
            long cpu = streamThreadsNanos();
            new FileImport(IngestSettings.of(kafka, place), Clock.systemUTC())
                    .importFiles(
                            List.of(new FileSource(
                                    file, LineDefaults.of(ZoneOffset.UTC).withNode("lb1"))),
                            ImportProgress.NONE);
            Map<TopicPartition, Long> published = LastRecords.before(ends(admin), kafka);
            while (!HealthStreams.hasProcessed(admin, settings.applicationId(), published)) {
                Thread.sleep(20);
            }
            System.out.printf(
                    Locale.ROOT, "  one more %s: %.1f CPU ms%n", line.getKey(), (streamThreadsNanos() - cpu) / 1e6);
        }
    }

    private static long streamThreadsNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("StreamThread")) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos;
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            wanted.put(new TopicPartition(Topics.EVENTS.topic(), partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(wanted).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
