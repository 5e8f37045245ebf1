package io.risefall.query.report.evidence;

import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.Traces;
import io.risefall.query.report.model.Traces.Link;
import io.risefall.query.report.model.Traces.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The traces of one day's page in its order, and how many lines they may still have. One thread. */
final class TraceList {
    /** Of what one row is made of, so many pieces are told. */
    static final int MOST_PIECES = 40;

    private final Period period;
    private final List<Trace> traces = new ArrayList<>();
    private int linesLeft;

    TraceList(Period period) {
        this.period = period;
    }

    Period period() {
        return period;
    }

    /** Makes room for so many lines more. */
    void allow(int lines) {
        linesLeft += lines;
    }

    /** The end of the name of a row that has no id. */
    String next() {
        return String.valueOf(traces.size());
    }

    /** One without lines. */
    void add(Object row, String anchor, String title, List<String> sums, List<Link> links, String command) {
        add(row, anchor, title, sums, List.of(), links, command);
    }

    /** One with those lines of {@code parts} that count, as long as there is room. */
    void add(
            Object row,
            String anchor,
            String title,
            List<String> sums,
            List<Part> parts,
            List<Link> links,
            String command) {
        List<String> words = new ArrayList<>();
        List<LogLine> counting = new ArrayList<>();
        long all = 0;
        for (Part part : parts) {
            words.addAll(part.words());
            all += part.lines().size() + part.notShown();
            part.lines().stream().filter(LogLine::counts).forEach(counting::add);
        }
        List<LogLine> shown = counting.stream().limit(linesLeft).toList();
        linesLeft -= shown.size();
        traces.add(new Trace(row, anchor, title, sums, words, shown, all - shown.size(), links, command));
    }

    /** The command that explains {@code asked} in the zone of the day. */
    String command(String asked) {
        return ExplainTarget.command(asked) + " --zone " + period.zone().getId();
    }

    Traces traces() {
        return new Traces(traces);
    }

    static String on(@Nullable String node) {
        return node == null ? "" : " on " + node;
    }
}
