package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.entry.EntryJoiner;
import io.risefall.schemas.event.HealthEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of a journal that stand on several lines, cut anywhere, and what is planted in them. */
class EntriesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String DOWN = OneLine.DOWN;
    private static final String HEAD = "__CURSOR=s=a1;i=1\n__REALTIME_TIMESTAMP=1795393316466547\n";
    private static final String VERBOSE =
            "Mon 2026-11-23 00:21:56.466547 EST [s=a1;i=1;b=c2;m=d3;t=660e694dc2f73;x=e4]\n";

    private final List<String> events = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final List<LineOutcome> others = new ArrayList<>();

    /** How {@code journalctl} can print the entries that {@code -o json} printed. */
    private enum Form {
        EXPORT {
            @Override
            void write(JsonNode entry, ByteArrayOutputStream to) {
                List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(entry.properties());
                fields.sort(Comparator.comparing(field -> !field.getKey().startsWith("__CURSOR")));
                fields.forEach(field -> {
                    byte[] value = bytes(field.getValue());
                    boolean text = field.getValue().isTextual()
                            && !field.getValue().asText().contains("\n");
                    write(to, field.getKey());
                    if (text) {
                        to.write('=');
                    } else {
                        to.write('\n');
                        to.writeBytes(length(value.length));
                    }
                    to.writeBytes(value);
                    to.write('\n');
                });
                to.write('\n');
            }
        },
        VERBOSE {
            @Override
            void write(JsonNode entry, ByteArrayOutputStream to) {
                String micros =
                        Long.toHexString(entry.get("__REALTIME_TIMESTAMP").asLong());
                write(to, "Mo 2026-11-23 00:21:56.466547 XYZ [s=a;i=b;b=c;m=d;t=" + micros + ";x=e]\n");
                entry.properties().forEach(field -> {
                    if (!field.getKey().startsWith("__")) {
                        write(to, "    " + field.getKey() + "=");
                        boolean text = field.getValue().isTextual();
                        String value = new String(bytes(field.getValue()), StandardCharsets.UTF_8);
                        String below = "\n" + " ".repeat(5 + field.getKey().length());
                        write(to, text ? value.replace("\n", below) : "[" + value.length() + "B blob data]");
                        to.write('\n');
                    }
                });
            }
        },
        JSON_PRETTY {
            @Override
            void write(JsonNode entry, ByteArrayOutputStream to) {
                write(to, entry.toPrettyString() + "\n");
            }
        };

        abstract void write(JsonNode entry, ByteArrayOutputStream to);

        static void write(ByteArrayOutputStream to, String text) {
            to.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        private static byte[] bytes(JsonNode value) {
            if (value.isTextual()) {
                return value.asText().getBytes(StandardCharsets.UTF_8);
            }
            byte[] bytes = new byte[value.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) value.get(i).asInt();
            }
            return bytes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFormSaysWhatJsonSays(Form form) throws IOException {
        List<String> json = json();
        LineReader reader = OneLine.reader(null, Set.of("haproxy"));
        List<String> expected = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String line : json) {
            form.write(MAPPER.readTree(line), text);
            if (OneLine.read(reader, line, null) instanceof Events said) {
                expected.add(show(said.own()));
            }
        }
        read(text.toByteArray());
        assertThat(expected).hasSizeGreaterThan(200);
        assertThat(events).isEqualTo(expected);
    }

    /** Killed anywhere, and read again from where the entry began that was not over: nothing is lost or doubled. */
    @ParameterizedTest
    @EnumSource
    void aStopWithinAnEntry(Form form) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String line : json().subList(0, 40)) {
            form.write(MAPPER.readTree(line), text);
        }
        byte[] log = text.toByteArray();
        read(log);
        List<String> whole = List.copyOf(events);
        List<Long> from = List.copyOf(positions);
        Random random = new Random(7);
        events.clear();
        positions.clear();
        int at = 0;
        while (at < log.length) {
            int to = Math.min(log.length, at + 1 + random.nextInt(4000));
            EntryJoiner entries = new EntryJoiner(true);
            int read = lines(log, at, to, entries, OneLine.reader(null, Set.of("haproxy")));
            at = entries.heldFrom() < 0 ? read : (int) entries.heldFrom();
            if (to == log.length) {
                entries.end(this::take);
                at = to;
            }
        }
        assertThat(events).isEqualTo(whole);
        assertThat(positions).isEqualTo(from);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "PRIORITY=1\nSYSLOG_IDENTIFIER=haproxy\n_HOSTNAME=lb1\nMESSAGE=" + DOWN + "\n\n",
                HEAD + "PRIORITY=1\nSYSLOG_IDENTIFIER=haproxy\n_HOSTNAME=lb1\nMESSAGE=" + DOWN,
                VERBOSE + "    PRIORITY=1\n    SYSLOG_IDENTIFIER=haproxy\n    _HOSTNAME=lb1\n    MESSAGE=" + DOWN
                        + "\n",
                "{\n\t\"MESSAGE\" : \"" + DOWN
                        + "\",\n\t\"SYSLOG_IDENTIFIER\" : \"haproxy\",\n\t\"_HOSTNAME\" : \"lb1\","
                        + "\n\t\"__REALTIME_TIMESTAMP\" : \"1795393316466547\"\n}\n",
                "[\n  {\n    \"message\": \"" + DOWN + "\",\n    \"process\": {\n      \"name\": \"haproxy\"\n    },\n"
                        + "    \"host\": \"lb1\",\n    \"ts\": \"1795393316466547\"\n  },\n  {\n    \"x\": 1\n  }\n]\n",
            })
    void anEntryAlone(String text) {
        read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(events).singleElement().asString().startsWith("lb1 haproxy").contains("2026-11-23T00:21:56.466547Z");
        assertThat(events.get(0)).endsWith(DOWN);
    }

    @Test
    void linesAroundEntriesAreLines() {
        String line = "Nov 23 00:21:56 lb1 haproxy[7]: " + DOWN + "\n";
        read((line + HEAD + "MESSAGE=x\n\n" + line + VERBOSE + "    MESSAGE=x\n" + line + "{\n  \"a\": 1\n}\n" + line
                        + "{\n" + line)
                .getBytes(StandardCharsets.UTF_8));
        assertThat(events).hasSize(5);
    }

    /** What stands within a value begins no line and no entry. */
    @Test
    void textPlantedInAnEntryIsNoEvent() {
        String planted = "x\n<129>Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN + "\n\n" + HEAD
                + "SYSLOG_IDENTIFIER=haproxy\nMESSAGE=" + DOWN + "\n\n";
        for (String tag : new String[] {"haproxy", "sshd"}) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            Form.write(text, HEAD + "SYSLOG_IDENTIFIER=" + tag + "\nMESSAGE\n");
            text.writeBytes(length(planted.length()));
            Form.write(text, planted + "\n_PID=7\n\n");
            Form.write(
                    text,
                    VERBOSE + "    SYSLOG_IDENTIFIER=" + tag + "\n    MESSAGE="
                            + planted.replace("\n", "\n            "));
            Form.write(
                    text,
                    "\n{\n\t\"MESSAGE\" : \"" + planted.replace("\n", "\\n") + "\",\n\t\"SYSLOG_IDENTIFIER\" : \"" + tag
                            + "\",\n\t\"__REALTIME_TIMESTAMP\" : \"1\"\n}\n");
            read(text.toByteArray());
        }
        read((HEAD + "SYSLOG_IDENTIFIER=sshd\nMESSAGE=" + DOWN + "\n\n").getBytes(StandardCharsets.UTF_8));
        read((VERBOSE + "    SYSLOG_IDENTIFIER=sshd\n    MESSAGE=" + DOWN + "\n").getBytes(StandardCharsets.UTF_8));
        read((HEAD + "SYSLOG_IDENTIFIER=haproxy\n_TRANSPORT=syslog\nPRIORITY=6\nMESSAGE=" + DOWN + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(events).isEmpty();
        assertThat(others).hasSize(9);
    }

    @Test
    void aFieldOfAnyLengthEndsWhereItSays() {
        for (int length = 0; length < 600; length++) {
            events.clear();
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            Form.write(text, HEAD + "X\n");
            text.writeBytes(length(length));
            Form.write(text, "\r\n".repeat(length).substring(0, length));
            Form.write(text, "\nSYSLOG_IDENTIFIER=haproxy\nMESSAGE=" + DOWN + "\n\n");
            read(text.toByteArray());
            assertThat(events).as("%d", length).hasSize(1);
        }
    }

    @Test
    void nonsenseIsSafe() {
        Random random = new Random(5);
        String[] pieces = {
            HEAD,
            "MESSAGE\n",
            "\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
            "A=b\n",
            "\n",
            VERBOSE,
            "    X=y\n",
            "{\n",
            "}\n",
            "\t\"a\" : 1\n",
            "\uFFFF\uFFFF\n",
            "__CURSOR=",
            "    \n",
            "Nov 23 00:21:56 lb1 haproxy[7]: x\n",
            " [s=;t=zz]\n",
            "X [s=;t=]\n"
        };
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            read(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        String line =
                HEAD + "Y\n\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\n" + "X=" + "y".repeat(3_000_000) + "\n";
        read(line.repeat(3).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(events).isEmpty();
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
    }

    private void read(byte[] log) {
        EntryJoiner entries = new EntryJoiner(true);
        lines(log, 0, log.length, entries, OneLine.reader(null, Set.of("haproxy")));
        entries.end(this::take);
        assertThat(entries.heldFrom()).isEqualTo(-1);
    }

    /** Hands over the whole lines, and at the end what is left; tells where it stopped. */
    private int lines(byte[] log, int from, int to, EntryJoiner entries, LineReader reader) {
        int at = from;
        for (int i = from; i <= to; i++) {
            boolean last = i == to && to == log.length && at < to;
            if (last || i < to && log[i] == '\n') {
                int end = i > at && log[i - 1] == '\r' ? i - 1 : i;
                entries.line(this::take, reader, log, at, end, at, Instant.EPOCH, null, false);
                at = Math.min(i + 1, to);
            }
        }
        return at;
    }

    private void take(
            LineReader reader,
            byte[] buffer,
            int from,
            int to,
            long position,
            Instant at,
            @Nullable String sender,
            boolean cut) {
        LineOutcome outcome = reader.read(buffer, from, to, position, at, sender);
        if (outcome instanceof Events said) {
            said.events().forEach(event -> events.add(show(event)));
            positions.add(position);
        } else {
            others.add(outcome);
        }
    }

    private static String show(HealthEvent event) {
        return event.node() + " " + event.tag() + " " + event.pid() + " " + event.severity() + " " + event.at() + " "
                + event.precise() + " " + event.text();
    }

    private static List<String> json() throws IOException {
        try (InputStream in = EntriesTest.class.getResourceAsStream("/journal/json.gz")) {
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
