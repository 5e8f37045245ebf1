package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a pipe, through a real journal. */
@Slow
class StandardInputTest {
    private static final String HOST = HostName.get();
    private static final String WAITED = "times reading waited because the journal was full";

    @TempDir
    Path folder;

    @Test
    void everyLineIsOneMessageAndTheEndIsTold() throws Exception {
        StandardInput source = input("one\n\ntwo\r\nthree");
        try (OpenListener open = new OpenListener(folder, source)) {
            source.ended().get(60, TimeUnit.SECONDS);
            assertThat(open.received()).containsExactly(HOST + " one", HOST + " two", HOST + " three");
        }
    }

    @Test
    void linesComeWhileThePipeStaysOpen() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        StandardInput source = new StandardInput(new PipedInputStream(writer), OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder, source)) {
            write(writer, "one\ntw");
            assertThat(open.await(1)).containsExactly(HOST + " one");
            write(writer, "o\n");
            assertThat(open.await(2)).containsExactly(HOST + " one", HOST + " two");
            assertThat(source.ended()).isNotDone();
            writer.close();
            source.ended().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aLongLineIsCutAndCounted() throws Exception {
        StandardInput source = input("0123456789\n" + "x".repeat(1_000_000) + "\nshort\n");
        NetworkLimits limits = NetworkLimits.DEFAULT.withMessage(10);
        try (OpenListener open = new OpenListener(folder, source, limits)) {
            source.ended().get(60, TimeUnit.SECONDS);
            assertThat(open.received()).containsExactly(HOST + " 0123456789", HOST + " xxxxxxxxxx", HOST + " short");
            open.awaitLoss("messages longer than 10 bytes; the rest was dropped", 1);
        }
    }

    @Test
    void thePipeWaitsWhileTheJournalIsFull() throws Exception {
        int lines = 1000;
        String text =
                IntStream.range(0, lines).mapToObj(i -> "number " + i + "\n").collect(Collectors.joining());
        StandardInput source = input(text);
        try (OpenListener open = new OpenListener(folder, source, NetworkLimits.DEFAULT, tiny())) {
            open.awaitInterruption(WAITED, 1);
            assertThat(source.ended()).isNotDone();
            List<String> received = Awaitility.await("all lines")
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                List<String> all = open.received();
                                open.published();
                                return all;
                            },
                            all -> all.size() == lines);
            assertThat(received)
                    .isEqualTo(IntStream.range(0, lines)
                            .mapToObj(i -> HOST + " number " + i)
                            .toList());
            source.ended().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatFindsNoRoomBeforeTheEndIsCounted() throws Exception {
        int lines = 100;
        StandardInput source = input("x".repeat(90).concat("\n").repeat(lines));
        OpenListener open = new OpenListener(folder, source, NetworkLimits.DEFAULT, tiny());
        int taken;
        try (open) {
            open.awaitInterruption(WAITED, 1);
            taken = open.received().size();
        }
        source.ended().get(60, TimeUnit.SECONDS);
        open.awaitLoss("messages lost: the journal was full at shutdown", lines - taken);
    }

    @Test
    void anErrorIsTold() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return read();
            }
        };
        StandardInput source = new StandardInput(broken, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder, source)) {
            assertThatThrownBy(() -> source.ended().get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IngestException.class)
                    .hasMessageContaining("cannot read standard input: the disk is gone");
            assertThat(open.received()).isEmpty();
        }
    }

    private static JournalLimits tiny() {
        return JournalLimits.DEFAULT.withBytes(1000);
    }

    private static StandardInput input(String text) {
        return new StandardInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), OpenListener.UTC);
    }

    private static void write(PipedOutputStream writer, String text) throws IOException {
        writer.write(text.getBytes(StandardCharsets.UTF_8));
        writer.flush();
    }
}
