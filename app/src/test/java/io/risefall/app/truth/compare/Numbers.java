package io.risefall.app.truth.compare;

/**
 * What came out of comparisons.
 *
 * @param logs how many forms of runs were compared
 * @param servers servers of which the log can tell
 * @param expected outages that there were
 * @param found those of them that were found
 * @param largestError seconds by which a bound missed the moment that the samples bracket, at most
 * @param reasonsRight outages with the reason that HAProxy's statistics page showed
 * @param reasonsAsked outages of which a reason was compared
 * @param unknown seconds that are said to be unknown, all servers together
 * @param differences lines of difference
 */
public record Numbers(
        int logs,
        int servers,
        int expected,
        int found,
        double largestError,
        int reasonsRight,
        int reasonsAsked,
        double unknown,
        int differences) {
    public static final Numbers NONE = new Numbers(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Numbers plus(Numbers other) {
        return new Numbers(
                logs + other.logs,
                servers + other.servers,
                expected + other.expected,
                found + other.found,
                Math.max(largestError, other.largestError),
                reasonsRight + other.reasonsRight,
                reasonsAsked + other.reasonsAsked,
                unknown + other.unknown,
                differences + other.differences);
    }
}
