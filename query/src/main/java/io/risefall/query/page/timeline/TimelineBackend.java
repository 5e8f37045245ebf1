package io.risefall.query.page.timeline;

import io.risefall.query.text.Counts;
import java.util.List;

/**
 * A backend in the range that is asked for, drawn as the worst of its servers.
 *
 * @param servers those that are shown, the worst first
 * @param rest about the others of its servers; empty: there are none
 * @param more how many that were not well are not shown
 */
public record TimelineBackend(
        String proxy,
        List<StripOutlines.Outline> outlines,
        String words,
        List<TimelineStrip> servers,
        String rest,
        int more) {
    /** @param whole whether all of its servers are asked for, so that nothing is left to be said of others */
    static TimelineBackend of(StripRow row, List<TimelineStrip> servers, boolean whole) {
        int well = row.servers() - row.troubled();
        return new TimelineBackend(
                row.proxy(),
                StripOutlines.outlines(row.cells()),
                StripWords.backend(row),
                servers,
                well == 0 || whole ? "" : well(row.well(), well),
                whole ? 0 : row.troubled() - servers.size());
    }

    private static String well(List<String> names, int count) {
        String others = names.size() < count ? " and " + Counts.grouped(count - names.size()) + " more" : "";
        return String.join(", ", names) + others + (count == 1 ? " was" : " were") + " well as far as is known.";
    }
}
