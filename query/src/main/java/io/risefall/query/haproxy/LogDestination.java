package io.risefall.query.haproxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where HAProxy logs to: a {@code log} line.
 *
 * @param way how
 * @param target as it stands there; null: not known
 * @param format null: the default
 * @param facility of syslog
 * @param level what is less severe is not sent; null: all is
 * @param shared {@code sample}: it gets only a part of the lines
 */
public record LogDestination(
        Place place,
        Way way,
        @Nullable String target,
        @Nullable String format,
        String facility,
        @Nullable String level,
        boolean shared) {
    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

    /** How lines get there. */
    public enum Way {
        UDP,
        TCP,
        UNIX,
        RING,
        /** Standard output, a descriptor, a backend. */
        OTHER,
        UNKNOWN
    }

    /** Whether a server's UP, which is a notice, is sent. */
    public boolean hasNotices() {
        return level == null || LEVELS.indexOf(level) >= LEVELS.indexOf("notice");
    }

    /** The line as it stands there, with another level. */
    public String line(@Nullable String newLevel) {
        return "log " + (target == null ? "TARGET" : target) + (format == null ? "" : " format " + format) + " "
                + facility + (newLevel == null ? "" : " " + newLevel);
    }

    public boolean isNetwork() {
        return way == Way.UDP || way == Way.TCP;
    }

    /** @param line what follows {@code log} */
    static LogDestination of(ConfigLine line) {
        Word target = line.word(0);
        String format = null;
        boolean shared = false;
        int at = 1;
        while (List.of("len", "format", "sample", "profile").contains(line.text(at))) {
            format = line.text(at).equals("format") ? line.text(at + 1) : format;
            shared |= line.text(at).equals("sample");
            at += 2;
        }
        String level = at + 1 < line.words().size() ? line.text(at + 1) : null;
        boolean known = line.certain() && target.known();
        return new LogDestination(
                line.place(),
                known ? way(line, target.text()) : Way.UNKNOWN,
                known ? target.text() : null,
                format,
                line.text(at),
                level,
                shared);
    }

    private static Way way(ConfigLine line, String target) {
        if (target.startsWith("ring@")) {
            return Way.RING;
        }
        if (target.equals("stdout") || target.equals("stderr")) {
            return Way.OTHER;
        }
        return switch (Address.parse(line, target, "log").kind()) {
            case INTERNET -> Way.UDP;
            case STREAM -> Way.TCP;
            case UNIX -> Way.UNIX;
            case OTHER -> Way.OTHER;
        };
    }
}
