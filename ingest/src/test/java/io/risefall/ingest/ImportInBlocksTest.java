package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.message.HealthLines;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.suite.MutableClock;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of many blocks, which several threads scan: in order, at its positions, with nothing lost at their ends. */
@Slow
class ImportInBlocksTest {
    private static final int LINES = 60_000;
    private static final int EVERY = 100;

    @TempDir
    private Path directory;

    private final RecordingSink sink = new RecordingSink();
    private final StringBuilder log = new StringBuilder();

    @BeforeEach
    void write() {
        for (int n = 0; n < LINES; n++) {
            log.append(n % EVERY == 0 ? HealthLines.down(n) : HealthLines.traffic(n))
                    .append('\n');
        }
    }

    @Test
    void plain() throws IOException {
        Path file = directory.resolve("haproxy.log");
        Files.writeString(file, log);
        checkAll(imported(file, InputStream.nullInputStream()));
    }

    @Test
    void compressed() throws IOException {
        Path file = directory.resolve("haproxy.log.gz");
        Files.write(file, compressed(log.toString()));
        checkAll(imported(file, InputStream.nullInputStream()));
    }

    @Test
    void aPackedFileCutShortGivesWhatCameBefore() throws IOException {
        byte[] whole = compressed(log.toString());
        Path file = directory.resolve("haproxy.log.gz");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        ImportedFile done = imported(file, InputStream.nullInputStream());
        assertThat(done.notes()).singleElement().asString().contains("cut short");
        assertThat(done.events()).isBetween(LINES / EVERY / 4L, LINES / EVERY * 3L / 4);
        assertThat(done.lines()).isEqualTo(done.events() + done.traffic());
        checkOrder();
    }

    @Test
    void standardInput() throws IOException {
        InputStream stdin = new ByteArrayInputStream(log.toString().getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 10_007));
            }
        };
        checkAll(imported(Path.of("-"), stdin));
    }

    private void checkAll(ImportedFile done) {
        assertThat(List.of(done.lines(), done.events(), done.traffic()))
                .containsExactly((long) LINES, (long) LINES / EVERY, (long) LINES - LINES / EVERY);
        assertThat(done.position().offset()).isEqualTo(log.length());
        assertThat(sink.events()).hasSize(LINES / EVERY);
        checkOrder();
    }

    private void checkOrder() {
        int n = 0;
        for (HealthEvent event : sink.events()) {
            assertThat(event.line()).isEqualTo(HealthLines.down(n));
            assertThat(log.indexOf(event.line(), (int) event.origin().position()))
                    .isEqualTo((int) event.origin().position());
            n += EVERY;
        }
    }

    private ImportedFile imported(Path file, InputStream stdin) {
        FileImport run = new FileImport(IngestLimits.DEFAULT, new MutableClock(), sink, stdin, null);
        return run.importFiles(List.of(new FileSource(file, ZoneOffset.UTC)), ImportProgress.NONE)
                .files()
                .get(0);
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
