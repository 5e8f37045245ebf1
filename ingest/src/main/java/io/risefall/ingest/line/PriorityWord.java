package io.risefall.ingest.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A priority in words, as in {@code local0.alert}: BusyBox's syslogd writes it before the tag, FreeBSD's with {@code -v}
 * before the host, in angle brackets. Source: {@code prioritynames} and {@code facilitynames} of {@code syslog.h}.
 */
final class PriorityWord {
    private static final List<byte[]> FACILITIES = List.of(
            name("kern"),
            name("user"),
            name("mail"),
            name("daemon"),
            name("auth"),
            name("syslog"),
            name("lpr"),
            name("news"),
            name("uucp"),
            name("cron"),
            name("authpriv"),
            name("ftp"),
            name("ntp"),
            name("security"),
            name("console"),
            name("clock"),
            name("local0"),
            name("local1"),
            name("local2"),
            name("local3"),
            name("local4"),
            name("local5"),
            name("local6"),
            name("local7"));
    private static final List<byte[]> SEVERITIES = List.of(
            name("emerg"),
            name("alert"),
            name("crit"),
            name("err"),
            name("warning"),
            name("notice"),
            name("info"),
            name("debug"));

    private PriorityWord() {}

    /** The number of the priority that stands in {@code bytes[from, to)}; -1 if none does. */
    static int read(byte[] bytes, int from, int to) {
        int dot = from;
        while (dot < to && bytes[dot] != '.') {
            dot++;
        }
        if (dot >= to) {
            return -1;
        }
        // The shorter list first: nearly every word with a dot is a host's name.
        int severity = indexOf(SEVERITIES, bytes, dot + 1, to);
        int facility = severity < 0 ? -1 : indexOf(FACILITIES, bytes, from, dot);
        return facility < 0 ? -1 : facility * SEVERITIES.size() + severity;
    }

    private static int indexOf(List<byte[]> names, byte[] bytes, int from, int to) {
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i);
            if (Arrays.equals(bytes, from, to, name, 0, name.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
