package io.risefall.ingest.network.relp;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.Mutations;
import io.risefall.ingest.network.DropCounters;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A connection's bytes are the same frames wherever they are cut; what was framed comes out as it went in. */
@Slow
class RelpFramingMutationsTest {
    private static final int LONGEST = 100;
    private static final int MUTATIONS = 20_000;

    @Test
    void realLinesInFramesChanged() {
        new Mutations(8, "udp-rfc5424.log").run(MUTATIONS, line -> {
            check(line);
            byte[] stream = framed(line, line);
            Random random = new Random(Arrays.hashCode(line));
            stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
            check(stream);
        });
    }

    @Test
    void whatIsFramedComesOutAsItWentIn() {
        new Mutations(9, "udp-rfc5424.log").run(MUTATIONS, RelpFramingMutationsTest::roundTrip);
    }

    static void roundTrip(byte[] line) {
        String kept = new String(line, 0, Math.min(line.length, LONGEST), StandardCharsets.ISO_8859_1);
        assertThat(frames(framed(line, line), 7)).containsExactly("1 syslog " + kept, "2 syslog " + kept);
    }

    static void check(byte[] bytes) {
        List<String> whole = frames(bytes, Integer.MAX_VALUE);
        assertThat(frames(bytes, 1)).isEqualTo(whole);
        assertThat(frames(bytes, 1 + new Random(Arrays.hashCode(bytes)).nextInt(50)))
                .isEqualTo(whole);
    }

    private static byte[] framed(byte[]... messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int transaction = 0;
        for (byte[] message : messages) {
            String header = ++transaction + " syslog " + message.length + (message.length == 0 ? "" : " ");
            out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(message);
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static List<String> frames(byte[] bytes, int piece) {
        RelpFraming framing = new RelpFraming(LONGEST, new DropCounters("fuzz"));
        List<String> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
            framing.add(Arrays.copyOfRange(bytes, at, at + Math.min(piece, bytes.length - at)));
            RelpFraming.Step step;
            while ((step = framing.next()) == RelpFraming.Step.FRAME) {
                assertThat(framing.length()).isLessThanOrEqualTo(LONGEST);
                frames.add(framing.transaction() + " " + framing.command() + " "
                        + new String(framing.data(), 0, framing.length(), StandardCharsets.ISO_8859_1));
            }
            assertThat(framing.data().length).as("memory").isLessThanOrEqualTo(1024);
            if (step == RelpFraming.Step.BROKEN) {
                frames.add("broken");
                return frames;
            }
        }
        return frames;
    }
}
