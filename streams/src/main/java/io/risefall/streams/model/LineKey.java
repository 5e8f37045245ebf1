package io.risefall.streams.model;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.key.EpochMicros;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key of a line in the store of lines. Lines are applied in the order of keys: event time, then source, then position in
 * the source. So the result does not depend on when lines arrive.
 */
public final class LineKey {
    /** Ends an entity's key: sorts before every character of a name. */
    public static final char END = '\u0000';

    /** {@code haproxy.log.2}, {@code haproxy.log.2.gz}: the file that was rotated before the last one. */
    private static final Pattern ROTATED = Pattern.compile("(.*)\\.(\\d{1,5})");

    private static final int NEWEST = 99_999;
    /** Sixteen hexadecimal digits. */
    private static final int TIME_LENGTH = 16;

    private static final int POSITION_LENGTH = 16;

    /** Lower case; as many digits as the type has. */
    private static final HexFormat HEX = HexFormat.of();

    private LineKey() {}

    public static String of(TrackedEntity entity, HealthEvent event) {
        Origin origin = event.origin();
        return entity.key()
                + END
                + time(event.at())
                + END
                + source(origin.source())
                + END
                + HEX.toHexDigits(origin.position())
                + '.'
                + HEX.toHexDigits(origin.repeat());
    }

    /** The prefix of the keys of all lines of an entity. */
    public static String prefix(TrackedEntity entity) {
        return entity.key() + END;
    }

    /** {@link TrackedEntity#key} of the line with this key. */
    public static String entityKey(String key) {
        return key.substring(0, key.indexOf(END));
    }

    /** Greater than every key that begins with a {@link #prefix}. */
    public static String endOf(String prefix) {
        return prefix.substring(0, prefix.length() - 1) + (char) (END + 1);
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
        int entityEnd = key.indexOf(END);
        return key.substring(entityEnd + 1 + TIME_LENGTH + 1, position);
    }

    /**
     * Which line has this key.
     *
     * @param nameEnd as in {@link #nameEnd}
     */
    static LinePosition lineOf(String key, @Nullable String nameEnd) {
        String source = sourceOf(key);
        int position = key.lastIndexOf(END) + 1;
        int repeat = position + POSITION_LENGTH + 1;
        return new LinePosition(
                source.substring(0, source.indexOf(END)) + (nameEnd == null ? "" : nameEnd),
                Long.parseUnsignedLong(key.substring(position, repeat - 1), 16),
                Integer.parseUnsignedInt(key.substring(repeat), 16));
    }

    /** What keys leave out of a source's name: {@code .2.gz}; null if nothing. */
    static @Nullable String nameEnd(String name) {
        int length = source(name).indexOf(END);
        return length == name.length() ? null : name.substring(length);
    }

    public static String time(Instant at) {
        // Offset, so that times before 1970 sort as text too.
        return HEX.toHexDigits(EpochMicros.of(at) - Long.MIN_VALUE);
    }

    /** Rotated files of one log sort by age: of two lines with one timestamp, the one in the older file came first. */
    private static String source(String name) {
        String plain = unpacked(name);
        if (plain.isEmpty() || !Character.isDigit(plain.charAt(plain.length() - 1))) {
            return plain + END + NEWEST;
        }
        Matcher rotated = ROTATED.matcher(plain);
        return rotated.matches()
                ? rotated.group(1) + END + "%05d".formatted(NEWEST - Integer.parseInt(rotated.group(2)))
                : plain + END + NEWEST;
    }

    private static String unpacked(String name) {
        if (name.endsWith(".gz")) {
            return name.substring(0, name.length() - ".gz".length());
        }
        return name.endsWith(".zst") ? name.substring(0, name.length() - ".zst".length()) : name;
    }
}
