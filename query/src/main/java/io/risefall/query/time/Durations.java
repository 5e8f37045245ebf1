package io.risefall.query.time;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long something lasted, in words, from milliseconds: {@code 1.250 s}, {@code 12 min 4 s}, {@code 3 h 2 min},
 * {@code 2 d 5 h}. Two units at most, never rounded up, and always with a unit.
 */
public final class Durations {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,5})\\s*([smhd])");

    private Durations() {}

    /**
     * What somebody wrote: {@code 12h}, {@code 3d}, {@code 90m} or {@code 45s}.
     *
     * @throws IllegalArgumentException with a sentence for whom wrote it
     */
    public static Duration parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "invalid duration '" + text + "': use 45s (seconds), 90m (minutes), 12h (hours) or 3d (days)");
        }
        long count = Long.parseLong(written.group(1));
        return switch (written.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Two units: exact below ten seconds, to the second below an hour, to the minute below a day. */
    public static String text(long millis) {
        if (millis < 0) {
            return "-" + text(-millis);
        }
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < 10 * SECOND && millis % SECOND != 0) {
            return "%d.%03d s".formatted(millis / SECOND, millis % SECOND);
        }
        if (millis < MINUTE) {
            return millis / SECOND + " s";
        }
        if (millis < HOUR) {
            return two(millis, MINUTE, "min", SECOND, "s");
        }
        if (millis < 2 * DAY) {
            return two(millis, HOUR, "h", MINUTE, "min");
        }
        return two(millis, DAY, "d", HOUR, "h");
    }

    /** As {@link #text(long)}; what is not known is a dash, not zero. */
    public static String textOrDash(@Nullable Long millis) {
        return millis == null ? "–" : text(millis);
    }

    private static String two(long millis, long big, String bigUnit, long small, String smallUnit) {
        long rest = millis % big / small;
        String head = millis / big + " " + bigUnit;
        return rest == 0 ? head : head + " " + rest + " " + smallUnit;
    }
}
