package io.risefall.query.report.period;

import io.risefall.query.report.render.ReportSite;
import io.risefall.query.template.PageTemplates;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A period's report as one self-contained page: the worst first, the rest folded. */
public final class PeriodHtml {
    /** Of each server so many outages are listed, the longest. */
    private static final int MOST_OUTAGES = 20;

    private final Map<String, List<OutagePeriod>> outages;

    private PeriodHtml(PeriodReport report) {
        outages = PeriodTables.longest(report.outages()).collect(Collectors.groupingBy(OutagePeriod::name));
    }

    static void write(PeriodReport report, OutputStream out) throws IOException {
        write(report, null, out);
    }

    /** @param site where it stands; null: it is a file of its own */
    public static void write(PeriodReport report, @Nullable ReportSite site, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        Map<String, Object> model = new HashMap<>(Map.of(
                "report",
                report,
                "words",
                new PeriodWords(report),
                "tables",
                new PeriodTables(report),
                "page",
                new PeriodHtml(report)));
        if (site != null) {
            model.put("site", site);
        }
        PageTemplates.print("report/period/period.ftlx", model, writer);
        writer.flush();
    }

    /** The longest outages of a server. */
    public List<OutagePeriod> outages(ServerPeriod server) {
        return outages.getOrDefault(server.name(), List.of()).stream()
                .limit(MOST_OUTAGES)
                .toList();
    }

    /** How many more it had. */
    public int notShown(ServerPeriod server) {
        return Math.max(0, outages.getOrDefault(server.name(), List.of()).size() - MOST_OUTAGES);
    }

    /** Those with trouble, worst first. */
    public List<ServerPeriod> servers(PeriodReport report) {
        return report.servers().stream().filter(ServerPeriod::isTroubled).toList();
    }

    /** The first of some rows. */
    public List<List<String>> upTo(List<List<String>> rows, int most) {
        return rows.subList(0, Math.min(most, rows.size()));
    }

    /** A table's rows from one on, to fold. */
    public List<List<String>> from(List<List<String>> rows, int first) {
        return rows.subList(Math.min(first, rows.size()), rows.size());
    }
}
