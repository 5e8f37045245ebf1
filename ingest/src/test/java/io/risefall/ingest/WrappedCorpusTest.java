package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.Corpus.Scenario;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real lines, put into what container engines and journald put them into, say what they say without. */
@Slow
class WrappedCorpusTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-23T03:00:00.123456Z");
    private static final String STAMP = "2026-11-23T03:00:00.123456Z";
    private static final String NODE = "10.0.0.1";
    private static final int DOCKERS_LINE = 16 * 1024;
    private static final Pattern SHORT_PRIORITY = Pattern.compile("^<([0-7])>(.*)", Pattern.DOTALL);
    private static final Pattern LOCAL =
            Pattern.compile("^<(\\d+)>(\\w{3} [ \\d]\\d \\S+) (\\S+?)\\[(\\d+)\\]: ?(.*)", Pattern.DOTALL);
    private static final Pattern HOSTED = Pattern.compile("^<(\\d+)>(\\w{3} [ \\d]\\d \\S+) (.*)", Pattern.DOTALL);
    private static final Pattern RFC5424 = Pattern.compile("^<(\\d+)>(1 .*)", Pattern.DOTALL);
    private static final JsonFactory JSON = new JsonFactory();

    /** What a line says, without where it was read. */
    private record Said(
            Instant at,
            String node,
            @Nullable Long pid,
            @Nullable Severity severity,
            HealthMessage message,
            String text) {}

    @ParameterizedTest
    @CsvSource({
        "reasons-2.6, stdout-raw.log",
        "reasons-3.5-dev5, fd-short.log",
        "agent-2.6, fd-timed.log",
        "agent-2.6, fd-iso.log",
        "maintenance-2.6, fd-priority.log",
        "maintenance-2.6, udp-local.log",
        "timezone-2.6, udp-local.log",
        "basic-2.6, udp-rfc3164.log",
        "injection-2.6, stdout-raw.log",
        "injection-2.6, fd-short.log",
        "injection-2.6, fd-timed.log",
        "injection-2.6, udp-rfc5424.log",
        "injection-2.0, haproxy-stderr.log",
        "injection-2.6, haproxy-stderr.log",
    })
    void containersChangeNothing(String run, String form) {
        Scenario scenario = Corpus.scenario(run);
        List<byte[]> lines = asText(scenario.lines(form));
        // The engine's timestamp is there before one that has no year; a copy on stderr has one up to 2.2.
        boolean dayOfYear = run.endsWith("2.0") && form.startsWith("haproxy-stderr");
        List<Said> expected = said(lines).stream()
                .map(one -> dayOfYear ? at(one, WRITTEN) : one)
                .toList();
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(said(wrapped(lines, line -> docker(line, "stdout")))).isEqualTo(expected);
        assertThat(said(wrapped(lines, line -> List.of(join(STAMP + " stderr F ", line)))))
                .isEqualTo(expected);
        assertThat(said(wrapped(lines, WrappedCorpusTest::criInPieces))).isEqualTo(expected);
        assertThat(said(wrapped(lines, line -> List.of(join(STAMP + " ", line)))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "reasons-2.6, stdout-raw.log",
        "reasons-3.5-dev5, fd-short.log",
        "agent-2.6, fd-timed.log",
        "agent-2.6, fd-iso.log",
        "maintenance-2.6, fd-priority.log",
        "injection-2.6, fd-short.log",
        "injection-2.6, fd-timed.log",
        "injection-2.6, haproxy-stderr.log",
    })
    void aServicesOutputInTheJournal(String run, String form) {
        List<byte[]> lines = Corpus.scenario(run).lines(form);
        List<Said> expected = said(lines);
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(said(wrapped(lines, line -> List.of(output(line, false))))).isEqualTo(expected);
        assertThat(said(wrapped(lines, line -> List.of(output(line, true))))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "reasons-2.6, udp-local.log",
        "heavy-2.0, udp-local.log",
        "timezone-2.6, udp-local.log",
        "injection-2.6, udp-local.log",
        "injection-2.6, udp-rfc5424.log",
        "timezone-2.6, udp-rfc5424.log",
        "basic-2.6, udp-rfc3164.log",
        "injection-3.5-dev5, udp-rfc5424.log",
    })
    void syslogInTheJournal(String run, String form) {
        List<byte[]> lines = Corpus.scenario(run).lines(form);
        // Of the older header journald keeps no time as good as its own.
        List<Said> expected = said(lines).stream()
                .map(one -> !form.contains("5424") ? at(one, WRITTEN) : one)
                .toList();
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(said(wrapped(lines, line -> List.of(syslog(line, false))))).isEqualTo(expected);
        assertThat(said(wrapped(lines, line -> List.of(syslog(line, true))))).isEqualTo(expected);
    }

    private static Said at(Said one, Instant at) {
        return new Said(at, one.node(), one.pid(), one.severity(), one.message(), one.text());
    }

    private static List<Said> said(List<byte[]> lines) {
        LineDefaults defaults =
                new LineDefaults(null, ZoneId.of("UTC"), null, Set.of("haproxy", "edge.haproxy", "blue_lb"));
        LineReader reader = new LineReader(new LineContext("test", defaults, WRITTEN));
        List<Said> said = new ArrayList<>();
        for (byte[] line : lines) {
            if (reader.read(line, 0, line.length, 0, WRITTEN, NODE) instanceof LineOutcome.Events events) {
                for (HealthEvent event : events.events()) {
                    said.add(new Said(
                            event.at(), event.node(), event.pid(), event.severity(), event.message(), event.text()));
                }
            }
        }
        return said;
    }

    /** Docker and the clients of CRI replace what is not UTF-8. */
    private static List<byte[]> asText(List<byte[]> lines) {
        return lines.stream()
                .map(line -> new String(line, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> wrapped(List<byte[]> lines, Wrapper wrapper) {
        return lines.stream().flatMap(line -> wrapper.wrap(line).stream()).toList();
    }

    private static List<byte[]> docker(byte[] line, String stream) {
        List<byte[]> entries = new ArrayList<>();
        for (int from = 0; from == 0 || from < line.length; from += DOCKERS_LINE) {
            int to = Math.min(line.length, from + DOCKERS_LINE);
            String log = new String(line, from, to - from, StandardCharsets.UTF_8) + (to == line.length ? "\n" : "");
            entries.add(json(generator -> {
                generator.setCharacterEscapes(new GoEscapes());
                generator.writeStringField("log", log);
                generator.writeStringField("stream", stream);
                generator.writeStringField("time", STAMP);
            }));
        }
        return entries;
    }

    /** On stderr, while on stdout a long line of traffic is written of which two pieces look like this message. */
    private static List<byte[]> criInPieces(byte[] line) {
        String other = "127.0.0.1:5 [23/Nov/2026:01:45:07.238] f b/s GET /long";
        return List.of(
                join(STAMP + " stdout P ", other.getBytes(StandardCharsets.UTF_8)),
                join(STAMP + " stdout P ", line),
                join(STAMP + " stderr F ", line),
                join(STAMP + " stdout F ", line));
    }

    private static byte[] output(byte[] line, boolean asBytes) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        Matcher prefixed = SHORT_PRIORITY.matcher(text);
        boolean match = prefixed.matches();
        return entry(match ? prefixed.group(2) : text, asBytes, generator -> {
            generator.writeStringField("PRIORITY", match ? prefixed.group(1) : "6");
            generator.writeStringField("_TRANSPORT", "stdout");
            generator.writeStringField("SYSLOG_IDENTIFIER", "haproxy");
        });
    }

    private static byte[] syslog(byte[] line, boolean asBytes) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        Matcher local = LOCAL.matcher(text);
        if (local.matches()) {
            return entry(local.group(5), asBytes, generator -> {
                generator.writeStringField("PRIORITY", severity(local.group(1)));
                generator.writeStringField("_TRANSPORT", "syslog");
                generator.writeStringField("SYSLOG_TIMESTAMP", local.group(2) + " ");
                generator.writeStringField("SYSLOG_IDENTIFIER", local.group(3));
                generator.writeStringField("SYSLOG_PID", local.group(4));
            });
        }
        Matcher hosted = HOSTED.matcher(text);
        if (hosted.matches()) {
            return entry(hosted.group(3), asBytes, generator -> {
                generator.writeStringField("PRIORITY", severity(hosted.group(1)));
                generator.writeStringField("_TRANSPORT", "syslog");
                generator.writeStringField("SYSLOG_TIMESTAMP", hosted.group(2) + " ");
                generator.writeStringField("_COMM", "haproxy");
            });
        }
        Matcher rfc5424 = RFC5424.matcher(text);
        assertThat(rfc5424.matches()).as(text).isTrue();
        return entry(rfc5424.group(2), asBytes, generator -> {
            generator.writeStringField("PRIORITY", severity(rfc5424.group(1)));
            generator.writeStringField("_TRANSPORT", "syslog");
            generator.writeStringField("SYSLOG_RAW", "<" + rfc5424.group(1) + ">1");
            generator.writeStringField("_COMM", "haproxy");
        });
    }

    private static String severity(String priority) {
        return Integer.toString(Integer.parseInt(priority) & 7);
    }

    private static byte[] entry(String message, boolean asBytes, Fields fields) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        boolean text = Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
        return json(generator -> {
            fields.write(generator);
            if (text && !asBytes) {
                generator.writeStringField("MESSAGE", new String(bytes, StandardCharsets.UTF_8));
            } else {
                generator.writeArrayFieldStart("MESSAGE");
                for (byte b : bytes) {
                    generator.writeNumber(b & 0xFF);
                }
                generator.writeEndArray();
            }
            generator.writeStringField("_HOSTNAME", NODE);
            generator.writeStringField(
                    "__REALTIME_TIMESTAMP", WRITTEN.getEpochSecond() + "%06d".formatted(WRITTEN.getNano() / 1000));
        });
    }

    private static byte[] json(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            generator.writeStartObject();
            fields.write(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] join(String before, byte[] line) {
        byte[] header = before.getBytes(StandardCharsets.UTF_8);
        byte[] joined = Arrays.copyOf(header, header.length + line.length);
        System.arraycopy(line, 0, joined, header.length, line.length);
        return joined;
    }

    private interface Wrapper {
        List<byte[]> wrap(byte[] line);
    }

    private interface Fields {
        void write(JsonGenerator generator) throws IOException;
    }

    /** Docker writes {@code <}, {@code >} and {@code &} as Go does, for HTML. */
    private static final class GoEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['<'] = ESCAPE_STANDARD;
            codes['>'] = ESCAPE_STANDARD;
            codes['&'] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int ch) {
            return new SerializedString("\\u%04x".formatted(ch));
        }
    }
}
