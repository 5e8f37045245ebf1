package io.risefall.query.text;

import java.util.Locale;

/** Counts in words. */
public final class Counts {
    private Counts() {}

    /** {@code 1 outage}, {@code 12 345 outages}. */
    public static String plural(long count, String noun) {
        return grouped(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /** {@code 12 345 servers}. */
    public static String servers(int count) {
        return plural(count, "server");
    }

    /** {@code 4 load balancers}. */
    public static String loadBalancers(int count) {
        return plural(count, "load balancer");
    }

    /** {@code 12 345}: groups of three, with a space that does not break. */
    public static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u00a0');
    }
}
