package io.risefall.query.report.render;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.RoleText;
import io.risefall.query.template.PageTemplates;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A day's report as one self-contained page, HTML and XML at once: no script, no request, styles inside.
 */
public final class HtmlDay implements ReportFormat.Renderer {
    private final @Nullable ReportSite site;

    /** @param site where it stands; null: it is a file of its own */
    public HtmlDay(@Nullable ReportSite site) {
        this.site = site;
    }

    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        Map<String, Object> model = new HashMap<>(Map.of(
                "report", report,
                "words", new DayText(report),
                "roles", new RoleText(report.roles()),
                "timeline", new Timeline(report),
                "chart", new ReasonChart(report),
                "downtime", new DowntimeBars(report),
                "evidence", report.evidence()));
        if (site != null) {
            model.put("site", site);
        }
        PageTemplates.print("report/day.ftlx", model, out);
    }
}
