package io.risefall.streams.model;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a line in the store of lines. Its order is the order in which a subject hears its lines: event time, then
 * source, then place in the source. So what follows from a set of lines does not depend on when they came.
 */
public final class LineKey {
    /** Ends a subject's key: sorts before every character of a name. */
    public static final char END = '\u0000';

    /** {@code haproxy.log.2}, {@code haproxy.log.2.gz}: the second oldest-but-newest of a rotated file. */
    private static final Pattern ROTATED = Pattern.compile("(.*)\\.(\\d{1,5})");

    private static final int NEWEST = 99_999;
    /** Sixteen hexadecimal digits. */
    private static final int TIME_LENGTH = 16;

    private LineKey() {}

    public static String of(TrackedEntity subject, HealthEvent event) {
        Origin origin = event.origin();
        return subject.key()
                + END
                + time(event.at())
                + END
                + source(origin.source())
                + END
                + "%016x.%08x".formatted(origin.position(), origin.repeat());
    }

    /** The beginning of the keys of all lines of a subject. */
    public static String prefix(TrackedEntity subject) {
        return subject.key() + END;
    }

    /** {@link TrackedEntity#key} of the line with this key. */
    public static String subject(String key) {
        return key.substring(0, key.indexOf(END));
    }

    /** Larger than every line of the subject. */
    public static String end(TrackedEntity subject) {
        return subject.key() + (char) (END + 1);
    }

    /** The event time in a key. */
    public static Instant at(String key) {
        int from = key.indexOf(END) + 1;
        long micros = Long.parseUnsignedLong(key.substring(from, from + TIME_LENGTH), 16) + Long.MIN_VALUE;
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The source of the line with this key: rotated files are sources of their own. */
    static String sourceOf(String key) {
        int position = key.lastIndexOf(END);
        int subject = key.indexOf(END);
        return key.substring(subject + 1 + TIME_LENGTH + 1, position);
    }

    public static String time(Instant at) {
        // Offset, so that times before 1970 sort as text too.
        return "%016x".formatted(ChronoUnit.MICROS.between(Instant.EPOCH, at) - Long.MIN_VALUE);
    }

    /** Rotated files of one log sort by age: at one stamp, the line in the older file came first. */
    private static String source(String name) {
        String plain = name.replaceFirst("\\.(gz|zst)$", "");
        Matcher rotated = ROTATED.matcher(plain);
        return rotated.matches()
                ? rotated.group(1) + END + "%05d".formatted(NEWEST - Integer.parseInt(rotated.group(2)))
                : plain + END + NEWEST;
    }
}
