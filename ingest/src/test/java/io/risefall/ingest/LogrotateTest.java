package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.message.HealthLines;
import io.risefall.schemas.suite.RealParts;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real logrotate, a writer that never stops, and our tail, which is stopped and started meanwhile: every line once
 * and in order; and importing what lies there afterwards adds nothing.
 */
@RealParts
class LogrotateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path LOGROTATE = Path.of("/usr/sbin/logrotate");
    private static final Path ZSTD = Path.of("/usr/bin/zstd");
    /** More than it takes to know a file by its content. */
    private static final int LINES_BETWEEN = 100;

    @TempDir
    Path directory;

    private final RecordingSink sink = new RecordingSink();
    private Path log;
    private Path reopen;
    private long rotatedAtSecond;

    @BeforeEach
    void installed() {
        assumeTrue(Files.isExecutable(LOGROTATE), LOGROTATE + " is not installed");
        log = directory.resolve("haproxy.log");
        reopen = directory.resolve("reopen");
    }

    @Test
    void renamedAndPackedTheNextTime() throws Exception {
        rotateWhileWriting("create\ncompress\ndelaycompress\n", true);
        assertThat(names()).contains("haproxy.log.1", "haproxy.log.2.gz");
    }

    @Test
    void renamedByDateAndPackedAtOnce() throws Exception {
        assumeTrue(Files.isExecutable(ZSTD), ZSTD + " is not installed");
        rotateWhileWriting(
                "create\ndateext\ndateformat -%Y%m%d-%s\ncompress\ncompresscmd " + ZSTD
                        + "\ncompressext .zst\ncompressoptions -q\n",
                true);
        assertThat(names()).anyMatch(name -> name.matches("haproxy\\.log-[0-9]{8}-[0-9]+\\.zst"));
    }

    /** What is written between the copy and the truncation nobody has, so the writer pauses there. */
    @Test
    void copiedAndTruncated() throws Exception {
        rotateWhileWriting("copytruncate\ncompress\ndelaycompress\n", false);
        assertThat(names()).contains("haproxy.log.1", "haproxy.log.2.gz");
    }

    private void rotateWhileWriting(String directives, boolean reopened) throws Exception {
        Path config = directory.resolve("logrotate.conf");
        // As the HUP to a syslog daemon; logrotate goes on when the writer has let go of the old file.
        String script =
                "postrotate\ntouch %s\nn=0\nwhile [ -e %s ] && [ $n -lt 500 ]; do sleep 0.01; n=$((n+1)); done\nendscript\n"
                        .formatted(reopen, reopen);
        Files.writeString(config, log + " {\nrotate 30\nmissingok\n" + directives + (reopened ? script : "") + "}\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        int lines;
        try (Writer writer = new Writer()) {
            Ingest ingest = start(writer);
            for (int n = 0; n < 3; n++) {
                rotate(config, reopened ? null : writer.pause);
                awaitMore(writer);
            }
            rotate(config, reopened ? null : writer.pause);
            writer.awaitMore();
            rotate(config, reopened ? null : writer.pause);
            awaitMore(writer);
            ingest.close();
            writer.awaitMore();
            rotate(config, reopened ? null : writer.pause);
            writer.awaitMore();
            rotate(config, reopened ? null : writer.pause);
            writer.awaitMore();
            try (Ingest again = start(writer)) {
                lines = writer.stop();
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    assertThat(again.failed()).isNotDone();
                    assertThat(sink.texts().size()).isGreaterThanOrEqualTo(lines);
                });
            }
        }
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, lines));
        try (Stream<Path> all = Files.list(directory)) {
            List<FileSource> files = all.filter(
                            file -> file.getFileName().toString().startsWith("haproxy.log"))
                    .map(file -> new FileSource(file, ZoneOffset.UTC))
                    .toList();
            assertThat(files).hasSizeGreaterThanOrEqualTo(7);
            ImportResult again = new FileImport(
                            IngestLimits.DEFAULT, Clock.systemUTC(), sink, InputStream.nullInputStream(), null)
                    .importFiles(files, ImportProgress.NONE);
            assertThat(again.files())
                    .allSatisfy(file -> assertThat(file.lines())
                            .as("lines of %s: %s", file.file().path(), file.notes())
                            .isZero());
        }
    }

    private Ingest start(Writer writer) {
        IngestSettings settings = IngestSettings.of("nowhere:9092", directory.resolve("data"))
                .withSources(List.of(new FileSource(log, ZoneOffset.UTC)), List.of());
        Ingest ingest = new Ingest(settings, Clock.systemUTC(), sink);
        ingest.start();
        awaitMore(writer);
        return ingest;
    }

    private void awaitMore(Writer writer) {
        int until = writer.written.get() + LINES_BETWEEN;
        await().atMost(Duration.ofSeconds(60)).until(() -> sink.texts().size() >= until);
    }

    private void rotate(Path config, @Nullable Lock pause) throws Exception {
        // A name with the second in it must be another one.
        await().atMost(PATIENCE).until(() -> System.currentTimeMillis() / 1000 > rotatedAtSecond);
        if (pause != null) {
            pause.lock();
        }
        try {
            Path told = directory.resolve("logrotate.out");
            Process process = new ProcessBuilder(
                            LOGROTATE.toString(),
                            "-f",
                            "-s",
                            directory.resolve("logrotate.state").toString(),
                            config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(told.toFile())
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            rotatedAtSecond = System.currentTimeMillis() / 1000;
            assertThat(process.exitValue()).as(Files.readString(told)).isZero();
        } finally {
            if (pause != null) {
                pause.unlock();
            }
        }
    }

    private List<String> names() throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Writes a line about every millisecond, in two parts, to a file that it keeps open until it is told to reopen it. */
    private final class Writer implements AutoCloseable {
        final ReentrantLock pause = new ReentrantLock(true);
        final AtomicInteger written = new AtomicInteger();
        private volatile boolean stopped;
        private final Thread thread = new Thread(this::write, "writer");

        Writer() {
            thread.start();
        }

        private void write() {
            try {
                while (!stopped) {
                    try (OutputStream out =
                            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                        while (!stopped && !Files.deleteIfExists(reopen)) {
                            pause.lock();
                            try {
                                byte[] line =
                                        (HealthLines.down(written.get() + 1) + "\n").getBytes(StandardCharsets.UTF_8);
                                out.write(line, 0, 40);
                                TimeUnit.MICROSECONDS.sleep(200);
                                out.write(line, 40, line.length - 40);
                                written.incrementAndGet();
                            } finally {
                                pause.unlock();
                            }
                            TimeUnit.MICROSECONDS.sleep(500);
                        }
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void awaitMore() {
            int until = written.get() + LINES_BETWEEN;
            await().atMost(Duration.ofSeconds(60)).until(() -> written.get() >= until);
        }

        int stop() throws InterruptedException {
            stopped = true;
            thread.join();
            return written.get();
        }

        @Override
        public void close() throws InterruptedException {
            stop();
        }
    }
}
