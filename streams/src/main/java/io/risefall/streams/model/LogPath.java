package io.risefall.streams.model;

import java.util.Comparator;

/**
 * One way by which lines of an entity arrive: each event comes once (or twice in a row), in the order in which it was
 * printed. A source has several log paths if several log targets or relays end in it.
 *
 * @param log the source's name, without the number of a rotated file
 * @param age sorts the rotated files of a log, the oldest first
 * @param target the log target or relay within the source; empty if the lines do not show it
 */
public record LogPath(String log, String age, String target) implements Comparable<LogPath> {
    private static final Comparator<LogPath> ORDER =
            Comparator.comparing(LogPath::log).thenComparing(LogPath::target).thenComparing(LogPath::age);

    /** The log path of a stored line. */
    public static LogPath of(String key, Line line) {
        String source = LineKey.sourceOf(key);
        int age = source.lastIndexOf(LineKey.END);
        return new LogPath(
                source.substring(0, age), source.substring(age + 1), line.target() == null ? "" : line.target());
    }

    /** Whether both are files of one log, and this one was rotated earlier. */
    public boolean isRotatedBefore(LogPath other) {
        return log.equals(other.log) && target.equals(other.target) && age.compareTo(other.age) < 0;
    }

    @Override
    public int compareTo(LogPath other) {
        return ORDER.compare(this, other);
    }

    /** {@link #name} of the log path of a stored line. */
    public static String nameOf(String key, Line line) {
        return LineKey.sourceOf(key) + LineKey.END + (line.target() == null ? "" : line.target());
    }

    /** As text, to be compared. */
    public String name() {
        return log + LineKey.END + age + LineKey.END + target;
    }
}
