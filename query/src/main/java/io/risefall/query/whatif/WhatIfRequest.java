package io.risefall.query.whatif;

import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Since;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which other values are tried, on what.
 *
 * @param fall failed checks until DOWN; null: as it was
 * @param rise passed checks until UP; null: as it was
 * @param inter the longest interval between two checks, as the operator knows it; null: as lines show it
 * @param since outages that began since then
 * @param now what is after it has not happened yet
 */
public record WhatIfRequest(
        @Nullable Integer fall,
        @Nullable Integer rise,
        @Nullable Duration inter,
        Since since,
        Instant now,
        ServerTarget target,
        ZoneId zone) {
    private static final int MOST = 1000;
    private static final Pattern INTERVAL = Pattern.compile("([1-9]\\d{0,8})(ms|s|m|)");

    public WhatIfRequest {
        if (fall == null && rise == null) {
            throw new IllegalArgumentException("what should be other? give --fall N, --rise N or both");
        }
        check("fall", fall);
        check("rise", rise);
    }

    /**
     * An interval as {@code haproxy.cfg} has it: {@code 2s}, {@code 500ms}, {@code 1m}, or {@code 2000}, which is in milliseconds.
     *
     * @throws IllegalArgumentException with a sentence for whom asked
     */
    public static Duration inter(String text) {
        Matcher interval = INTERVAL.matcher(text);
        if (!interval.matches()) {
            throw new IllegalArgumentException(
                    "invalid interval '" + text + "': use 500ms, 2s or 1m, as inter in haproxy.cfg");
        }
        long count = Long.parseLong(interval.group(1));
        return switch (interval.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofMillis(count);
        };
    }

    private static void check(String name, @Nullable Integer value) {
        if (value != null && (value < 1 || value > MOST)) {
            throw new IllegalArgumentException("--" + name + " " + value + " is not from 1 to " + MOST);
        }
    }

    Setting setting() {
        return new Setting(fall, rise);
    }

    /** {@code fall 4 and rise 2}. */
    String words() {
        return fall == null ? "rise " + rise : rise == null ? "fall " + fall : "fall " + fall + " and rise " + rise;
    }
}
