package io.risefall.ingest.line.header;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of JSON around a line of HAProxy: an entry of the journal as {@code journalctl -o json} prints it (systemd's
 * "Journal JSON Format"), or one of the file that Docker's {@code json-file} driver writes. It extracts the few fields that
 * matter, as bytes of one buffer, which {@link EnvelopeParser} parses like a line. The JSON delimits the message: a newline in
 * it never begins another line. Used by one thread.
 *
 * <p>journald prints its fields in any order; a text that is not UTF-8, or has control characters, as an array of its
 * bytes; one longer than 4 KiB (without {@code --all}) as null; and a field that was sent several times as an array of
 * texts, of which none is certain.
 */
final class JsonLine {
    /** The writer of the line, recognized by its fields. */
    enum Writer {
        /** An unknown program. */
        NONE,
        JOURNAL,
        DOCKER
    }

    /** How an entry came into the journal ({@code _TRANSPORT}). */
    enum Transport {
        /** Not given. */
        NONE,
        /** As a datagram for syslog. */
        SYSLOG,
        /** From the output of a service. */
        STDOUT,
        /** By journald's own protocol, as container engines do. */
        OTHER
    }

    /** The position of a text in the buffer. */
    static final class Place {
        int from;
        int to;

        boolean isThere() {
            return from >= 0;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MICROS = 1_000_000;

    /** A number of microseconds since 1970 has 16 digits until the year 2286. */
    private static final int MAX_DIGITS = 18;

    final Place message = new Place();
    final Place host = new Place();

    /** {@code SYSLOG_IDENTIFIER}: the tag, or the unit's name in the journal. */
    final Place identifier = new Place();

    /** {@code _COMM}: the program's name in the kernel. */
    final Place command = new Place();

    /** Identifies the writer, whose lines can be split. */
    final Place stream = new Place();

    /** Docker's {@code time}. */
    final Place time = new Place();

    private final Place container = new Place();

    Transport transport = Transport.NONE;
    Envelope.Output output = Envelope.Output.NONE;
    boolean partial;

    private byte[] buffer = new byte[1024];
    private int length;
    private long syslogPid;
    private long writerPid;
    private long micros;
    private long sourceMicros;
    private boolean syslogTimestamp;
    private long severity;
    private boolean unprioritized;
    private boolean log;
    private boolean certain;

    /** Whether a line that begins with these bytes is for this class. */
    static boolean begins(byte[] bytes, int from, int to) {
        return from < to && bytes[from] == '{';
    }

    /** Reads {@code line[from, to)}; never throws because of the content. */
    Writer read(byte[] line, int from, int to) {
        clear();
        try (JsonParser json = JSON.createParser(line, from, to - from)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                field(json);
            }
            certain &= json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
        } catch (IOException noJson) {
            certain = false;
        }
        if (!message.isThere()) {
            return Writer.NONE;
        }
        if (log) {
            boolean dockers = output != Envelope.Output.NONE && time.isThere();
            return dockers || !certain ? Writer.DOCKER : Writer.NONE;
        }
        nameStream();
        return micros >= 0 || !certain ? Writer.JOURNAL : Writer.NONE;
    }

    /** Whether it is complete, without repeated fields. */
    boolean certain() {
        return certain;
    }

    /** Holds the bytes that all positions refer to. */
    byte[] buffer() {
        return buffer;
    }

    /** Whether journald removed a timestamp from the message. */
    boolean syslogTimestamp() {
        return syslogTimestamp;
    }

    /** When it was written, in microseconds; -1 if that is not given. */
    long micros() {
        return sourceMicros >= 0 ? sourceMicros : micros;
    }

    long epochSecond() {
        return micros() / MICROS;
    }

    int nano() {
        return (int) (micros() % MICROS) * 1000;
    }

    /** Syslog's severity; -1 if it is not given, or only assumed by journald because the sender gave none. */
    int severity() {
        return unprioritized ? -1 : (int) severity;
    }

    /** The pid in the message, else the sender's pid, which for a container is that of its engine. */
    long pid() {
        return syslogPid >= 0 || transport == Transport.OTHER ? syslogPid : writerPid;
    }

    private void clear() {
        for (Place place : new Place[] {message, host, identifier, command, stream, time, container}) {
            place.from = -1;
            place.to = -1;
        }
        transport = Transport.NONE;
        output = Envelope.Output.NONE;
        partial = false;
        severity = -1;
        length = 0;
        syslogPid = -1;
        writerPid = -1;
        micros = -1;
        sourceMicros = -1;
        syslogTimestamp = false;
        unprioritized = false;
        log = false;
        certain = true;
    }

    private void field(JsonParser json) throws IOException {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
            case "MESSAGE" -> message(json, value);
            case "__REALTIME_TIMESTAMP" -> micros = number(json, value, micros);
            case "_SOURCE_REALTIME_TIMESTAMP" -> sourceMicros = number(json, value, sourceMicros);
            case "_HOSTNAME" -> text(json, value, host);
            case "SYSLOG_IDENTIFIER" -> text(json, value, identifier);
            case "SYSLOG_PID" -> syslogPid = number(json, value, syslogPid);
            case "SYSLOG_TIMESTAMP" -> syslogTimestamp = true;
            case "SYSLOG_RAW" ->
                unprioritized =
                        value == JsonToken.VALUE_STRING && !json.getText().startsWith("<");
            case "PRIORITY" -> severity = number(json, value, severity);
            case "_PID" -> writerPid = number(json, value, writerPid);
            case "_COMM" -> text(json, value, command);
            case "_TRANSPORT" -> {
                certain &= transport == Transport.NONE;
                transport = transport(json.getText());
            }
            case "_STREAM_ID" -> text(json, value, stream);
            case "_LINE_BREAK" -> partial |= json.getText().equals("line-max");
            case "CONTAINER_ID_FULL" -> text(json, value, container);
            case "CONTAINER_PARTIAL_MESSAGE" -> partial |= json.getText().equals("true");
            case "log" -> log(json, value);
            case "stream" -> {
                certain &= output == Envelope.Output.NONE;
                output = output(json.getText());
            }
            case "time" -> text(json, value, time);
            default -> {
                // Another of the many fields of an entry.
            }
        }
        json.skipChildren();
    }

    private void message(JsonParser json, JsonToken value) throws IOException {
        certain &= !log;
        if (value == JsonToken.VALUE_NULL) {
            append(new byte[0], message);
        } else if (value == JsonToken.START_ARRAY) {
            append(bytes(json), message);
        } else {
            text(json, value, message);
        }
    }

    private void log(JsonParser json, JsonToken value) throws IOException {
        text(json, value, message);
        log = true;
        boolean ended = length > 0 && buffer[length - 1] == '\n';
        partial |= !ended;
    }

    private byte[] bytes(JsonParser json) throws IOException {
        byte[] bytes = new byte[16];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            int value = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : -1;
            if (value < 0 || value > 255) {
                certain = false;
                json.skipChildren();
            }
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * count);
            }
            bytes[count++] = (byte) value;
        }
        return Arrays.copyOf(bytes, count);
    }

    private void text(JsonParser json, JsonToken value, Place place) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            append(json.getText().getBytes(StandardCharsets.UTF_8), place);
        } else {
            certain &= value == JsonToken.VALUE_NULL;
        }
    }

    private void append(byte[] bytes, Place place) {
        certain &= !place.isThere();
        if (buffer.length - length < bytes.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + bytes.length));
        }
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        place.from = length;
        length += bytes.length;
        place.to = length;
    }

    /** The number in {@code "123"}, if none was given {@code before}; -1 if it is not a number. */
    private long number(JsonParser json, JsonToken value, long before) throws IOException {
        String text = json.getText();
        boolean digits = value == JsonToken.VALUE_STRING
                && !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        certain &= digits && before < 0;
        return digits ? Long.parseLong(text) : -1;
    }

    /** Engines put both outputs of a container into the journal, with different priorities. */
    private void nameStream() {
        if (container.isThere()) {
            byte[] id = Arrays.copyOfRange(buffer, container.from, container.to + 1);
            id[id.length - 1] = (byte) ('0' + severity);
            stream.from = -1;
            append(id, stream);
        }
    }

    private static Transport transport(String name) {
        return switch (name) {
            case "syslog" -> Transport.SYSLOG;
            case "stdout" -> Transport.STDOUT;
            default -> Transport.OTHER;
        };
    }

    private static Envelope.Output output(String name) {
        return switch (name) {
            case "stdout" -> Envelope.Output.STDOUT;
            case "stderr" -> Envelope.Output.STDERR;
            default -> Envelope.Output.NONE;
        };
    }
}
