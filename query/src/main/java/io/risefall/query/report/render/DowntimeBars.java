package io.risefall.query.report.render;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.text.DayText;
import io.risefall.query.text.Counts;
import java.util.List;

/** Time down per server as bars, the worst first; the longest bar is 100 percent. */
public final class DowntimeBars {
    private static final int MOST_ROWS = 30;

    private final DayText words;

    DowntimeBars(DayReport report) {
        this.words = new DayText(report);
    }

    /** One server and its bar. */
    public record Row(ServerDay server, double percent) {}

    public List<Row> rows() {
        List<ServerDay> troubled = words.troubled();
        double most = Math.max(
                1, troubled.stream().mapToLong(s -> s.time().downMs()).max().orElse(1));
        return troubled.stream()
                .limit(MOST_ROWS)
                .map(server -> new Row(server, Math.round(server.time().downMs() * 10_000 / most) / 100.0))
                .toList();
    }

    /** What became of the servers without a row; may be empty. */
    public String rest() {
        int troubled = words.troubled().size();
        if (troubled > MOST_ROWS) {
            return Counts.grouped(troubled - MOST_ROWS) + " more had less downtime.";
        }
        return words.rest();
    }
}
