package io.risefall.query.page.timeline;

import java.util.List;

/**
 * A server in the range that is asked for.
 *
 * @param outlines its states, drawn
 * @param outages the longest of them, to choose
 * @param words what it shows
 */
public record TimelineStrip(
        String proxy, String server, List<StripOutlines.Outline> outlines, List<OutageMark> outages, String words) {
    static TimelineStrip of(StripRow row, List<OutageMark> outages) {
        return new TimelineStrip(
                row.proxy(), row.server(), StripOutlines.outlines(row.cells()), outages, StripWords.server(row));
    }
}
