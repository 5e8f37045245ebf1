package io.risefall.query.report.render;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.text.PrettyJson;
import java.io.IOException;

/** A day's report as JSON: {@link DayReport} as it is, in snake case. Words of the log are not changed. */
final class JsonDay implements ReportFormat.Renderer {
    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        out.append(PrettyJson.of(report)).append('\n');
    }
}
