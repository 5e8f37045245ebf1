package io.risefall.query.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a stretch of time was spent, in milliseconds. The five parts add up to the whole stretch.
 *
 * @param upMs in service
 * @param downMs failed
 * @param maintMs in maintenance: planned
 * @param drainMs draining: counted as up
 * @param unknownMs the log cannot tell
 */
public record Times(long upMs, long downMs, long maintMs, long drainMs, long unknownMs) {
    static final Times NONE = new Times(0, 0, 0, 0, 0);

    Times plus(Times other) {
        return new Times(
                upMs + other.upMs,
                downMs + other.downMs,
                maintMs + other.maintMs,
                drainMs + other.drainMs,
                unknownMs + other.unknownMs);
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

    /** Availability if all unknown time was down. */
    @JsonProperty("availability_low")
    public @Nullable Double availabilityLow() {
        return isJudged() ? Percent.fraction(served(), served() + downMs + unknownMs) : null;
    }

    /** Availability if all unknown time was up. */
    @JsonProperty("availability_high")
    public @Nullable Double availabilityHigh() {
        return isJudged() ? Percent.fraction(served() + unknownMs, served() + downMs + unknownMs) : null;
    }

    /** The known share of the time; null for no time. */
    @JsonProperty("coverage")
    public @Nullable Double coverage() {
        return Percent.fraction(periodMs() - unknownMs, periodMs());
    }

    /** {@code 99.98 %}, or {@code unknown}. */
    @JsonIgnore
    public String availabilityWords() {
        return Percent.of(served(), served() + downMs);
    }

    /** {@code 12.00 % to 99.98 %}, or nothing where there is nothing to bound. */
    @JsonIgnore
    public String boundsWords() {
        if (!isJudged() || unknownMs == 0) {
            return "";
        }
        long whole = served() + downMs + unknownMs;
        return Percent.of(served(), whole) + " to " + Percent.of(served() + unknownMs, whole);
    }

    /** The known share in words. */
    @JsonIgnore
    public String coverageWords() {
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
}
