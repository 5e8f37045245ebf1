package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.query.text.Percent;
import org.jspecify.annotations.Nullable;

/**
 * How a stretch of time was spent, in milliseconds. The five parts add up to the whole stretch.
 *
 * @param upMs in service
 * @param downMs failed
 * @param maintMs in maintenance: planned
 * @param drainMs draining: counted as up
 * @param unknownMs the log cannot tell
 * @param downForSomeMs of the time failed, that in which only some nodes saw it so, and others had it in service
 * @param doubtedUpMs of the time in service and draining, that in which lines were lost that may tell otherwise
 * @param doubtedDownMs the same of the time failed
 */
public record StateDurations(
        long upMs,
        long downMs,
        long maintMs,
        long drainMs,
        long unknownMs,
        long downForSomeMs,
        long doubtedUpMs,
        long doubtedDownMs) {
    public static final StateDurations NONE = new StateDurations(0, 0, 0, 0, 0);

    public StateDurations(long upMs, long downMs, long maintMs, long drainMs, long unknownMs) {
        this(upMs, downMs, maintMs, drainMs, unknownMs, 0, 0, 0);
    }

    /** Doubted, by no more than there is. */
    public StateDurations withDoubted(long ofUpMs, long ofDownMs) {
        return new StateDurations(
                upMs,
                downMs,
                maintMs,
                drainMs,
                unknownMs,
                downForSomeMs,
                Math.min(ofUpMs, served()),
                Math.min(ofDownMs, downMs));
    }

    public StateDurations plus(StateDurations other) {
        return new StateDurations(
                upMs + other.upMs,
                downMs + other.downMs,
                maintMs + other.maintMs,
                drainMs + other.drainMs,
                unknownMs + other.unknownMs,
                downForSomeMs + other.downForSomeMs,
                doubtedUpMs + other.doubtedUpMs,
                doubtedDownMs + other.doubtedDownMs);
    }

    /** The whole stretch. */
    @JsonProperty("period_ms")
    public long periodMs() {
        return upMs + downMs + maintMs + drainMs + unknownMs;
    }

    /** Up by up and down, drain counted as up; null where neither was seen. */
    @JsonProperty("availability")
    public @Nullable Double availability() {
        return Percent.fraction(served(), served() + downMs);
    }

    /** Availability if what only some nodes saw down counts as up; null where neither was seen. */
    @JsonProperty("availability_for_all")
    public @Nullable Double availabilityForAll() {
        return Percent.fraction(served() + downForSomeMs, served() + downMs);
    }

    /** Availability if all unknown and doubted time was down. */
    @JsonProperty("availability_low")
    public @Nullable Double availabilityLow() {
        return isJudged() ? Percent.fraction(servedAtLeast(), servedOrNot()) : null;
    }

    /** Availability if all unknown and doubted time was up. */
    @JsonProperty("availability_high")
    public @Nullable Double availabilityHigh() {
        return isJudged() ? Percent.fraction(servedAtMost(), servedOrNot()) : null;
    }

    /** The known share of the time; null for no time. */
    @JsonProperty("coverage")
    public @Nullable Double coverage() {
        return Percent.fraction(periodMs() - unknownMs, periodMs());
    }

    /** {@code 99.98 %}, or {@code unknown}. */
    @JsonIgnore
    public String availabilityText() {
        return Percent.of(served(), served() + downMs);
    }

    /** The same with what only some nodes saw down counted as up; empty where there is none. */
    @JsonIgnore
    public String availabilityForAllText() {
        return downForSomeMs == 0 ? "" : Percent.of(served() + downForSomeMs, served() + downMs);
    }

    /** {@code 12.00 % to 99.98 %}, or nothing where there is nothing to bound. */
    @JsonIgnore
    public String boundsText() {
        if (!isJudged() || unknownMs + doubtedUpMs + doubtedDownMs == 0) {
            return "";
        }
        return Percent.of(servedAtLeast(), servedOrNot()) + " to " + Percent.of(servedAtMost(), servedOrNot());
    }

    /** {@code 12.00 %}, the lower of these bounds. */
    @JsonIgnore
    public String availabilityLowText() {
        return boundsText().isEmpty() ? "" : Percent.of(servedAtLeast(), servedOrNot());
    }

    /** The known share in words. */
    @JsonIgnore
    public String coverageText() {
        return Percent.of(periodMs() - unknownMs, periodMs());
    }

    /** Whether anything at all is known. */
    @JsonIgnore
    public boolean isKnown() {
        return unknownMs < periodMs();
    }

    private boolean isJudged() {
        return served() + downMs > 0;
    }

    private long served() {
        return upMs + drainMs;
    }

    private long servedAtLeast() {
        return served() - doubtedUpMs;
    }

    private long servedAtMost() {
        return served() + unknownMs + doubtedDownMs;
    }

    private long servedOrNot() {
        return served() + downMs + unknownMs;
    }
}
