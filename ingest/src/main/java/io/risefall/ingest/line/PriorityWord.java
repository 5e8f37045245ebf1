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

    /** Old names of severities 0, 3 and 4, which OpenWrt and others still write. */
    private static final List<byte[]> OLD_SEVERITIES =
            List.of(name("panic"), name(""), name(""), name("error"), name("warn"));

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
        severity = severity < 0 && dot + 1 < to ? indexOf(OLD_SEVERITIES, bytes, dot + 1, to) : severity;
        int facility = severity < 0 ? -1 : indexOf(FACILITIES, bytes, from, dot);
        return facility < 0 ? -1 : facility * SEVERITIES.size() + severity;
    }

    /** The number of {@code 16.1} in {@code bytes[from, to)}, as FreeBSD writes it with one {@code -v}; -1 if none stands there. */
    static int readNumbers(byte[] bytes, int from, int to) {
        int dot = to - 2;
        int facility =
                dot > from && dot - from <= 2 && bytes[dot] == '.' ? IsoStamp.digits(bytes, from, dot - from) : -1;
        int severity = facility < 0 ? -1 : bytes[dot + 1] - '0';
        return severity >= 0 && severity < SEVERITIES.size() && facility < FACILITIES.size()
                ? facility * SEVERITIES.size() + severity
                : -1;
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
