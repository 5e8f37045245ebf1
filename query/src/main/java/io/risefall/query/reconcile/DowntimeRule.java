package io.risefall.query.reconcile;

import io.risefall.query.reconcile.RecordedServer.Stretch;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What versions of HAProxy count as {@code downtime} besides outages. Seen in runs of real ones. */
enum DowntimeRule {
    /** 1.8 and 2.0. */
    FORGETS_WHAT_ENDED(
            "this version forgets the time of an outage or a maintenance when it ends, and counts only what lasts"),
    /** 2.1 to 2.7; all of this was tried with 2.6. */
    DROPS_MAINTENANCE(
            "this version counts maintenance while it lasts, and drops it when it ends, with the DOWN time directly "
                    + "before it; and it adds the time in drain when that ends"),
    /** Up to 1.7, and since 2.8. */
    COUNTS_MAINTENANCE("this version counts maintenance as down time"),
    /** The version is not known. */
    UNKNOWN("");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private final String words;

    DowntimeRule(String words) {
        this.words = words;
    }

    /** What is different, for people. */
    String words() {
        return words;
    }

    static DowntimeRule of(@Nullable String version) {
        Matcher matcher = VERSION.matcher(version == null ? "" : version);
        if (!matcher.matches()) {
            return UNKNOWN;
        }
        int number = Integer.parseInt(matcher.group(1)) * 100 + Integer.parseInt(matcher.group(2));
        if (number == 108 || number == 109 || number == 200) {
            return FORGETS_WHAT_ENDED;
        }
        return number > 200 && number < 208 ? DROPS_MAINTENANCE : COUNTS_MAINTENANCE;
    }

    /**
     * Milliseconds that HAProxy counts, if these are its states.
     *
     * @param downFrom since when HAProxy calls a server DOWN that was so already when the process began
     * @param end the time of the count
     */
    long millis(List<Stretch> stretches, Instant begin, Instant downFrom, Instant end) {
        Count count = new Count();
        for (Stretch stretch : stretches) {
            Instant from = stretch.from().isBefore(begin) ? begin : stretch.from();
            switch (stretch.state()) {
                case "down" -> count.down(stretch.from().isBefore(begin) ? downFrom : from);
                case "maint" -> count.maintenance(from);
                default -> count.other(from, stretch.is("drain"));
            }
        }
        return count.millis(end);
    }

    /** Goes through the states as HAProxy does. */
    private final class Count {
        private long ended;
        private @Nullable Instant stoppedAt;
        private @Nullable Instant drainAt;
        private boolean maintenance;

        void down(Instant at) {
            if (maintenance) {
                leave(at);
            }
            stoppedAt = stoppedAt == null ? at : stoppedAt;
            drainAt = null;
        }

        void maintenance(Instant at) {
            stoppedAt = stoppedAt == null ? at : stoppedAt;
            maintenance = true;
            drainAt = null;
        }

        void other(Instant at, boolean drain) {
            leave(at);
            if (drainAt != null && !drain && DowntimeRule.this == DROPS_MAINTENANCE) {
                ended += between(drainAt, at);
            }
            drainAt = drain ? at : null;
        }

        private void leave(Instant at) {
            if (stoppedAt != null) {
                boolean kept = DowntimeRule.this == COUNTS_MAINTENANCE
                        || DowntimeRule.this == DROPS_MAINTENANCE && !maintenance;
                ended += kept ? between(stoppedAt, at) : 0;
            }
            stoppedAt = null;
            maintenance = false;
        }

        long millis(Instant end) {
            return ended + (stoppedAt == null ? 0 : between(stoppedAt, end));
        }
    }

    private static long between(Instant from, Instant to) {
        return Math.max(0, to.toEpochMilli() - from.toEpochMilli());
    }
}
