package io.risefall.query.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A time without lines in which all checks had one result: they passed, as the server had all its lives, or they failed, as
 * it was down. The last of them was made at least one interval before the line that ended it.
 *
 * @param from the line before
 * @param to the line after, or the end of the log or of its process
 * @param lastSure when the last of these checks was made, or before
 * @param passed whether they passed
 */
record Stretch(Instant from, Instant to, Instant lastSure, boolean passed) {
    /**
     * @param line the line after it; null: checks ended, or the log
     * @param isKnown whether they went on until {@code to}
     */
    static Stretch of(LoggedCheck before, Instant to, @Nullable LoggedCheck line, boolean isKnown, Spacing spacing) {
        Duration interval = before.isFull() ? spacing.whileUp() : spacing.whileDown();
        Instant last = before.at();
        if (interval != null && isKnown) {
            Instant byInterval =
                    to.minus(interval).minus(spacing.resolution()).minusMillis(line == null ? 0 : line.durationMs());
            last = byInterval.isAfter(last) ? byInterval : last;
        }
        return new Stretch(before.at(), to, last, before.isFull());
    }

    /**
     * What becomes of each world.
     *
     * @param doubt takes why two of them come of one
     */
    List<World> apply(List<World> worlds, int fall, int rise, Spacing spacing, Consumer<String> doubt) {
        List<World> after = new ArrayList<>();
        for (World world : worlds) {
            int checks = passed ? world.toRise(rise) : world.toFall(fall);
            if (checks <= 0) {
                after.add(world);
                continue;
            }
            TimeRange when = spacing.after(from, checks);
            boolean never = when != null && !when.earliest().isBefore(to.minus(spacing.slack()));
            boolean certainly =
                    when != null && !when.latest().minus(spacing.slack()).isAfter(lastSure);
            if (!certainly) {
                after.add(world);
            }
            if (!never) {
                TimeRange range = when == null ? new TimeRange(from, to) : when;
                after.add(passed ? world.rises(fall, range) : world.falls(range));
            }
            if (!never && !certainly) {
                doubt.accept(why(when, spacing));
            }
        }
        return after;
    }

    private String why(@Nullable TimeRange when, Spacing spacing) {
        if (when == null) {
            return "no two checks in a row have a line, which would show how often HAProxy checks (--inter)";
        }
        Duration interval = passed ? spacing.whileUp() : spacing.whileDown();
        boolean itsOwn = interval == null || interval.plus(spacing.slack()).compareTo(Duration.between(from, to)) >= 0;
        return itsOwn
                ? "no line shows how often HAProxy checks a server that is " + (passed ? "up" : "down") + " (--inter)"
                : "it ended within one check interval of the moment that decides";
    }
}
