package io.risefall.ingest.network.syslog;

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

/**
 * A connection's bytes are the same messages wherever they are cut, none longer than allowed; what was framed by count
 * comes out as it went in.
 */
@Slow
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

    @Test
    void whatEndsInNewlinesComesOutAsItWentIn() {
        new Mutations(10, "udp-rfc5424.log").run(MUTATIONS, line -> lines(line));
    }

    @Test
    void bothInOneConnection() {
        new Mutations(11, "udp-rfc5424.log").run(MUTATIONS, line -> mixed(line));
    }

    /** Each line is a message, if it is not empty and does not look like a count. */
    static void lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> expected = new ArrayList<>();
        StringBuilder stream = new StringBuilder();
        for (String line : text.split("\n")) {
            String sent = line.isEmpty() || isSkipped(line.charAt(0)) ? "x" + line : line;
            sent = Character.isDigit(sent.charAt(0)) ? "<" + sent : sent;
            stream.append(sent).append('\n');
            expected.add(kept(sent));
        }
        assertThat(messages(stream.toString().getBytes(StandardCharsets.ISO_8859_1), 3))
                .isEqualTo(expected);
    }

    /** Counts after newlines and newlines after counts, message by message, as the first byte of the message says. */
    static void mixed(byte[] bytes) {
        String text = "<" + new String(bytes, StandardCharsets.ISO_8859_1).replace('\n', ' ') + ">";
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            byte[] message = text.getBytes(StandardCharsets.ISO_8859_1);
            boolean counted = (bytes.length + i) % 3 == 0;
            stream.writeBytes(counted ? framed(message) : (text + "\n").getBytes(StandardCharsets.ISO_8859_1));
            expected.add(kept(text));
        }
        assertThat(messages(stream.toByteArray(), 5)).isEqualTo(expected);
    }

    private static boolean isSkipped(char c) {
        return SyslogFraming.isLineEnd((byte) c);
    }

    private static String kept(String sent) {
        int end = Math.min(LONGEST, sent.length());
        while (end > 0 && isSkipped(sent.charAt(end - 1))) {
            end--;
        }
        return sent.substring(0, end);
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
        SyslogFraming framing = new SyslogFraming(LONGEST, new DropCounters("fuzz"));
        List<String> messages = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
            framing.add(Arrays.copyOfRange(bytes, at, at + Math.min(piece, bytes.length - at)));
            while (framing.next() == SyslogFraming.Step.MESSAGE) {
                messages.add(message(framing));
            }
            assertThat(framing.message().length).as("memory").isLessThanOrEqualTo(1024);
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
