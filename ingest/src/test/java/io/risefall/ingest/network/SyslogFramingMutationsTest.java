package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.Mutations;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A connection's bytes are the same messages wherever they are cut, none longer than allowed; what was framed by count
 * comes out as it went in.
 */
class SyslogFramingMutationsTest {
    private static final int LONGEST = 100;
    private static final int MUTATIONS = 20_000;

    @Test
    void realStreamsChanged() {
        new Mutations(2, "udp-rfc5424.log").run(MUTATIONS, line -> {
            check(line);
            check(framed(line, line, new byte[] {'<', 'x'}));
        });
    }

    @Test
    void whatIsCountedComesOutAsItWentIn() {
        new Mutations(3, "udp-rfc5424.log").run(MUTATIONS, line -> {
            if (line.length == 0) {
                return;
            }
            byte[] message = Arrays.copyOf(line, Math.min(line.length, LONGEST));
            message[0] = '<';
            int end = message.length;
            while (SyslogFraming.isLineEnd(message[end - 1])) {
                end--;
            }
            String text = new String(message, 0, end, StandardCharsets.ISO_8859_1);
            assertThat(messages(framed(message, message), 7)).containsExactly(text, text);
        });
    }

    static void check(byte[] bytes) {
        List<String> whole = messages(bytes, Integer.MAX_VALUE);
        assertThat(whole).allMatch(message -> message.length() <= LONGEST && !message.isEmpty());
        assertThat(messages(bytes, 1)).isEqualTo(whole);
        assertThat(messages(bytes, 1 + new Random(Arrays.hashCode(bytes)).nextInt(50)))
                .isEqualTo(whole);
    }

    private static byte[] framed(byte[]... messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            out.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(message);
        }
        return out.toByteArray();
    }

    private static List<String> messages(byte[] bytes, int piece) {
        SyslogFraming framing = new SyslogFraming(LONGEST, new Losses("fuzz"));
        List<String> messages = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
            framing.add(Arrays.copyOfRange(bytes, at, at + Math.min(piece, bytes.length - at)));
            while (framing.next() == SyslogFraming.Step.MESSAGE) {
                messages.add(message(framing));
            }
        }
        if (framing.last()) {
            messages.add(message(framing));
        }
        return messages;
    }

    private static String message(SyslogFraming framing) {
        return new String(framing.message(), 0, framing.length(), StandardCharsets.ISO_8859_1);
    }
}
