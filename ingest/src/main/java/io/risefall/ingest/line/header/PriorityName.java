package io.risefall.ingest.line.header;

import io.risefall.ingest.line.timestamp.IsoTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A priority by name, as in {@code local0.alert}: BusyBox's syslogd writes it before the tag, FreeBSD's with {@code -v}
 * before the host, in angle brackets. Source: {@code prioritynames} and {@code facilitynames} of {@code syslog.h}.
 */
final class PriorityName {
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

    /** As RFC 5424 calls them. */
    private static final List<byte[]> LONG_SEVERITIES = List.of(
            name("emergency"),
            name("alert"),
            name("critical"),
            name("error"),
            name("warn"),
            name("notice"),
            name("informational"),
            name("debug"));

    private PriorityName() {}

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

    /** The priority given by a log store; -1 if there is none, or only a severity without a facility. */
    static int of(LogStoreLine store) {
        byte[] bytes = store.buffer();
        LogStoreLine.Field whole = store.priority();
        if (whole.isThere()) {
            int digits = whole.to() - whole.from();
            int priority = digits > 3 ? -1 : IsoTimestamp.digits(bytes, whole.from(), digits);
            return priority < FACILITIES.size() * SEVERITIES.size() ? priority : -1;
        }
        LogStoreLine.Field severity = store.severity();
        LogStoreLine.Field facility = store.facility();
        if (!severity.isThere() || !facility.isThere()) {
            return -1;
        }
        int level = number(bytes, severity.from(), severity.to(), SEVERITIES, LONG_SEVERITIES);
        int from = number(bytes, facility.from(), facility.to(), FACILITIES, List.of());
        return level < 0 ? -1 : Math.max(from, 0) * SEVERITIES.size() + level;
    }

    private static int number(byte[] bytes, int from, int to, List<byte[]> names, List<byte[]> others) {
        int number = to - from <= 2 ? IsoTimestamp.digits(bytes, from, to - from) : -1;
        byte[] lower = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .getBytes(StandardCharsets.ISO_8859_1);
        number = number < 0 ? indexOf(names, lower, 0, lower.length) : number;
        number = number < 0 ? indexOf(others, lower, 0, lower.length) : number;
        return number < names.size() ? number : -1;
    }

    /** The number of {@code 16.1} in {@code bytes[from, to)}, as FreeBSD writes it with one {@code -v}; -1 if none stands there. */
    static int readNumbers(byte[] bytes, int from, int to) {
        int dot = to - 2;
        int facility =
                dot > from && dot - from <= 2 && bytes[dot] == '.' ? IsoTimestamp.digits(bytes, from, dot - from) : -1;
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
