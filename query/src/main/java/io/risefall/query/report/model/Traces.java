package io.risefall.query.report.model;

import io.risefall.query.explain.model.LogLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands behind the numbers of a day's page, so that each number can be a link to it: a page in a file has nobody to
 * ask. Bounded: what does not fit has the command that tells it.
 */
public final class Traces {
    public static final Traces NONE = new Traces(List.of());

    private final List<Trace> traces;
    private final Map<Object, String> anchors = new HashMap<>();

    public Traces(List<Trace> traces) {
        this.traces = List.copyOf(traces);
        traces.forEach(trace -> anchors.put(trace.of(), trace.anchor()));
    }

    /**
     * What made the numbers of one row.
     *
     * @param of the row
     * @param anchor its name in the page
     * @param title the row in words
     * @param sums the arithmetic, with the numbers filled in
     * @param words what no line says
     * @param lines the lines that count
     * @param notShown how many lines are left out
     * @param links other rows that it is made of
     * @param command tells all of it; empty where there is none
     */
    public record Trace(
            Object of,
            String anchor,
            String title,
            List<String> sums,
            List<String> words,
            List<LogLine> lines,
            long notShown,
            List<Link> links,
            String command) {
        public Trace {
            sums = List.copyOf(sums);
            words = List.copyOf(words);
            lines = List.copyOf(lines);
            links = List.copyOf(links);
        }
    }

    /** A link to another row's trace. */
    public record Link(String anchor, String label) {}

    /** All of them, in the order of the page. */
    public List<Trace> traces() {
        return traces;
    }

    /** Whether there is a trace of this name. */
    public boolean has(String anchor) {
        return anchors.containsValue(anchor);
    }

    /** Where a row's trace stands; empty where it has none. */
    public String anchor(Object row) {
        return anchors.getOrDefault(row, "");
    }
}
