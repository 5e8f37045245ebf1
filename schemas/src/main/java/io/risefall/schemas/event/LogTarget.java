package io.risefall.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * What distinguishes the ways by which lines of one source come: who sent them, their syslog facility ({@code log … local0} and
 * {@code log … local1}), and whether they are copies from stderr, which a journal has as well.
 */
public final class LogTarget {
    private static final int SEVERITIES = 8;
    private static final int MOST_DIGITS = 3;

    private LogTarget() {}

    /** That of a line, as text to be compared; null if the line does not show one. */
    public static @Nullable String of(HealthEvent event) {
        String header = event.frame().header();
        String sender = event.origin().sender();
        int priority = priority(header);
        boolean stderr = header.contains(") : ") && header.contains("(" + event.pid() + ") : ");
        if (priority < 0 && !stderr) {
            return sender;
        }
        return (sender == null ? "" : sender)
                + (priority < 0 ? "" : " facility " + priority / SEVERITIES)
                + (stderr ? " stderr" : "");
    }

    /** The {@code 134} of {@code <134>}, with which a line from the network begins; -1 if there is none. */
    private static int priority(String header) {
        int end = header.startsWith("<") ? header.indexOf('>') : -1;
        if (end < 2 || end > 1 + MOST_DIGITS) {
            return -1;
        }
        int priority = 0;
        for (int i = 1; i < end; i++) {
            int digit = header.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            priority = priority * 10 + digit;
        }
        return priority;
    }
}
