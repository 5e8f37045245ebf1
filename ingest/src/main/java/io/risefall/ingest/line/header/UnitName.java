package io.risefall.ingest.line.header;

import io.risefall.ingest.message.HealthPrefixes;
import java.nio.charset.StandardCharsets;

/**
 * The name of a systemd unit, which {@code journalctl -o with-unit} puts in place of the tag: {@code haproxy.service},
 * {@code haproxy@edge.service}. The program's name is the part before these suffixes.
 */
final class UnitName {
    private static final byte[] SERVICE = ".service".getBytes(StandardCharsets.US_ASCII);

    private UnitName() {}

    /** Where the program's name ends in the tag {@code bytes[from, to)}: at its end, if that is no unit. */
    static int end(byte[] bytes, int from, int to) {
        int name = to - SERVICE.length;
        if (name <= from || !HealthPrefixes.startsWith(bytes, name, to, SERVICE)) {
            return to;
        }
        for (int at = from + 1; at < name; at++) {
            if (bytes[at] == '@') {
                return at;
            }
        }
        return name;
    }
}
