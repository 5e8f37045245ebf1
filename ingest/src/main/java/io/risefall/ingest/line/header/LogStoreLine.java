package io.risefall.ingest.line.header;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON as log stores and shippers write it: Loki, Elastic, Graylog, Fluent Bit, Google Cloud, OpenTelemetry.
 * Their fields are not standardized, so this class knows the usual names, also within objects: {@code host.name} and
 * {@code "host":{"name":…}} are the same. It extracts the message, its time, host and program, as bytes of one buffer. Any
 * program writes such lines; {@link #ofHaproxy} tells whether one is HAProxy's. Used by one thread.
 */
final class LogStoreLine {
    /** The preferred names come first. */
    private static final List<String> MESSAGES = List.of(
            "event.original",
            "message",
            "msg",
            "log",
            "line",
            "textpayload",
            "body",
            "body.stringvalue",
            "@message",
            "_msg",
            "_raw",
            "full_message",
            "short_message");

    private static final List<String> TIMES = List.of(
            "@timestamp",
            "timestamp",
            "time",
            "ts",
            "datetime",
            "date",
            "_time",
            "timeunixnano",
            "__realtime_timestamp",
            "event.created",
            "observedtimestamp");

    private static final List<String> HOSTS = List.of(
            "log.syslog.hostname",
            "syslog.hostname",
            "syslog_hostname",
            "host.name",
            "host.hostname",
            "hostname",
            "_hostname",
            "host",
            "kubernetes.pod_name",
            "kubernetes.pod.name",
            "k8s.pod.name",
            "podname",
            "pod_name",
            "pod",
            "labels.pod",
            "resource.labels.pod_name");

    /** The program that wrote it, like syslog's tag. */
    private static final List<String> PROGRAMS = List.of(
            "syslog_identifier",
            "log.syslog.appname",
            "syslog.appname",
            "appname",
            "app_name",
            "app-name",
            "programname",
            "program",
            "syslog_program",
            "ident",
            "process.name",
            "syslogtag",
            "syslog_tag");

    private static final List<String> PIDS =
            List.of("log.syslog.procid", "syslog.procid", "syslog_pid", "procid", "process.pid", "pid");

    private static final List<String> SEVERITIES = List.of(
            "log.syslog.severity.code",
            "log.syslog.severity.name",
            "syslog_severity_code",
            "syslog_severity",
            "severity_code",
            "severity_label",
            "syslogseverity",
            "syslogseverity-text",
            "severity",
            "level");

    /** Without one, a severity is what a container engine or a store calls all that comes so. */
    private static final List<String> FACILITIES = List.of(
            "log.syslog.facility.code",
            "log.syslog.facility.name",
            "syslog_facility_code",
            "syslog_facility",
            "facility_code",
            "facility_label",
            "syslogfacility",
            "syslogfacility-text",
            "facility");

    private static final List<String> PRIORITIES = List.of("log.syslog.priority", "syslog_pri", "pri");

    /** Other names of the writer: of a container, a unit or a file. */
    private static final Set<String> NAMES = Set.of(
            "app",
            "application",
            "container",
            "container_name",
            "containername",
            "container.name",
            "service",
            "service.name",
            "service_name",
            "unit",
            "_systemd_unit",
            "systemd.unit",
            "image",
            "image_name",
            "tag",
            "type",
            "job",
            "filename",
            "file",
            "path",
            "log.file.path",
            "source",
            "logname",
            "pod",
            "podname",
            "pod_name",
            "process",
            "k8s.container.name",
            "k8s.pod.name");

    private static final List<String> OF_LABELS =
            List.of("labels.", "stream.", "kubernetes.", "resource.labels.", "docker.");

    /** Around the fields that a search or a store adds. */
    private static final List<String> AROUND = List.of("_source.", "result.", "jsonpayload.", "attributes.");

    private static final String HAPROXY = "haproxy";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int DEPTH = 5;
    private static final int LONGEST_VALUE = 512;

    /** The position of a text in the buffer, followed by a blank. */
    static final class Field {
        private final List<String> names;
        private int from;
        private int to;
        private int rank;

        private Field(List<String> names) {
            this.names = names;
        }

        boolean isThere() {
            return from >= 0;
        }

        int from() {
            return from;
        }

        int to() {
            return to;
        }
    }

    private final Field message = new Field(MESSAGES);
    private final Field time = new Field(TIMES);
    private final Field host = new Field(HOSTS);
    private final Field program = new Field(PROGRAMS);
    private final Field pid = new Field(PIDS);
    private final Field severity = new Field(SEVERITIES);
    private final Field facility = new Field(FACILITIES);
    private final Field priority = new Field(PRIORITIES);
    private final List<Field> fields = List.of(message, time, host, program, pid, severity, facility, priority);

    private final Set<String> seen = new HashSet<>();
    private byte[] buffer = new byte[1024];
    private int length;
    private boolean certain;
    private boolean ofHaproxy;

    /** Reads {@code line[from, to)}; false if there is no message in it. Never throws because of the content. */
    boolean read(byte[] line, int from, int to) {
        for (Field field : fields) {
            field.from = -1;
            field.rank = Integer.MAX_VALUE;
        }
        seen.clear();
        length = 0;
        certain = true;
        ofHaproxy = false;
        try (JsonParser json = JSON.createParser(line, from, to - from)) {
            json.nextToken();
            object(json, "", 0);
            certain &= json.nextToken() == null;
        } catch (IOException noJson) {
            certain = false;
        }
        return message.isThere();
    }

    byte[] buffer() {
        return buffer;
    }

    /** Whether it is complete, without repeated fields. */
    boolean certain() {
        return certain;
    }

    /** Whether one of the writer's names contains HAProxy's. */
    boolean ofHaproxy() {
        return ofHaproxy;
    }

    Field message() {
        return message;
    }

    Field time() {
        return time;
    }

    Field host() {
        return host;
    }

    Field program() {
        return program;
    }

    Field pid() {
        return pid;
    }

    Field severity() {
        return severity;
    }

    Field facility() {
        return facility;
    }

    /** Facility and severity in one number. */
    Field priority() {
        return priority;
    }

    /** The end of the JSON in {@code line[from, to)}; such lines can be elements of an array. */
    static int end(byte[] line, int from, int to) {
        int end = to;
        while (end > from && (line[end - 1] == ' ' || line[end - 1] == ']')) {
            end--;
        }
        end = end > from && line[end - 1] == ',' ? end - 1 : end;
        return end > from && line[end - 1] == '}' ? end : to;
    }

    private void object(JsonParser json, String path, int depth) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && depth < DEPTH) {
                object(json, name + ".", depth + 1);
            } else if (value.isScalarValue()) {
                certain &= seen.add(name);
                scalar(plain(name), value == JsonToken.VALUE_NULL ? null : json.getText());
            } else {
                json.skipChildren();
            }
        }
        certain &= json.currentToken() == JsonToken.END_OBJECT;
    }

    private static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        for (String around : AROUND) {
            if (plain.startsWith(around)) {
                return plain.substring(around.length());
            }
        }
        return plain;
    }

    private void scalar(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        boolean named = NAMES.contains(name)
                || PROGRAMS.contains(name)
                || OF_LABELS.stream().anyMatch(name::startsWith);
        ofHaproxy |= named
                && value.length() <= LONGEST_VALUE
                && value.toLowerCase(Locale.ROOT).contains(HAPROXY);
        for (Field field : fields) {
            int rank = field.names.indexOf(name);
            if (rank >= 0 && rank < field.rank && (field == message || value.length() <= LONGEST_VALUE)) {
                field.rank = rank;
                append(value.getBytes(StandardCharsets.UTF_8), field);
            }
        }
    }

    private void append(byte[] bytes, Field field) {
        int needed = length + bytes.length + 1;
        if (buffer.length < needed) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, needed));
        }
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        field.from = length;
        field.to = length + bytes.length;
        buffer[field.to] = ' ';
        length = needed;
    }
}
