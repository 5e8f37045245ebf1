package io.risefall.bench;

import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.kafka.WantedTopics;
import io.risefall.ingest.FileImport;
import io.risefall.ingest.ImportProgress;
import io.risefall.ingest.ImportResult;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A file imported into the embedded broker, from the first byte to the last commit. One operation is one line. Every
 * import is of another content, because the same one is not imported twice.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class KafkaBenchmark {
    private static final int HEALTH = 500_000;
    private static final int TRAFFIC = 4_000_000;

    private @Nullable Path directory;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable KafkaAddress address;
    private int written;

    @Setup
    public void start() throws IOException, InterruptedException {
        Path made = Files.createTempDirectory("risefall-bench");
        directory = made;
        EmbeddedKafka embedded = new EmbeddedKafka(made);
        kafka = embedded;
        embedded.start();
        KafkaAddress started = embedded.address();
        address = started;
        try (TopicsSetup topics = new TopicsSetup(started)) {
            topics.create(WantedTopics.unlessThere(TopicsSetup.PARTITIONS));
        }
    }

    @TearDown
    public void stop() throws IOException {
        if (kafka != null) {
            kafka.close();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** A log that is written before it is measured. */
    @State(Scope.Thread)
    public static class Log {
        private @Nullable Path file;

        Path write(KafkaBenchmark benchmark, String kind, int lines) {
            try {
                Path to = benchmark.place().resolve("haproxy-" + benchmark.written++ + ".log");
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
                    out.write(("another content: " + to + "\n").getBytes(StandardCharsets.UTF_8));
                    GenerateLog.write(kind, lines, out);
                }
                file = to;
                return to;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        Path written() {
            if (file == null) {
                throw new IllegalStateException("nothing written");
            }
            return file;
        }

        @TearDown(Level.Invocation)
        public void delete() throws IOException {
            Files.delete(written());
        }
    }

    /** Nothing but health lines. */
    @State(Scope.Thread)
    public static class HealthLog extends Log {
        @Setup(Level.Invocation)
        public void write(KafkaBenchmark benchmark) {
            write(benchmark, "health", HEALTH);
        }
    }

    /** 0.1 % health lines. */
    @State(Scope.Thread)
    public static class TrafficLog extends Log {
        @Setup(Level.Invocation)
        public void write(KafkaBenchmark benchmark) {
            write(benchmark, "traffic", TRAFFIC);
        }
    }

    private Path place() {
        if (directory == null) {
            throw new IllegalStateException("not started");
        }
        return directory;
    }

    @Benchmark
    @OperationsPerInvocation(HEALTH)
    public ImportResult importHealthLog(HealthLog log) {
        return imported(log.written());
    }

    @Benchmark
    @OperationsPerInvocation(TRAFFIC)
    public ImportResult importTrafficLog(TrafficLog log) {
        return imported(log.written());
    }

    private ImportResult imported(Path file) {
        FileImport run = new FileImport(IngestSettings.of(address, place()), Clock.systemUTC());
        return run.importFiles(List.of(new FileSource(file, ZoneOffset.UTC)), ImportProgress.NONE);
    }
}
