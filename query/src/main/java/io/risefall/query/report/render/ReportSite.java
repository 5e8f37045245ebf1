package io.risefall.query.report.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a report stands on the web site, and what it leads to there. A report that is a file of its own has none.
 *
 * @param before the report of the time before
 * @param after that of the time after it; null: it has not begun
 * @param downloads the same report in other formats
 */
public record ReportSite(Link before, @Nullable Link after, List<Link> downloads) {
    /** @param href a path of the site */
    public record Link(String href, String label) {}

    public ReportSite {
        downloads = List.copyOf(downloads);
    }

    /** The page of the incident of an id, or of that to which the outage of that id belongs. */
    public String incident(String id) {
        return "/incidents/" + id;
    }
}
