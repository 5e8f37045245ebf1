package io.risefall.query.explain.render;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import java.io.IOException;
import java.time.ZoneId;

/** An explanation for a terminal: what is ours is short, what is the log's is one line each, made printable. */
final class TextExplanation implements ExplainFormat.Renderer {
    @Override
    public void render(Explanation explanation, Appendable out) throws IOException {
        String title = Printable.of(explanation.title());
        line(out, title);
        line(out, "=".repeat(title.length()));
        line(out, "");
        for (Fact fact : explanation.facts()) {
            line(out, "%-17s %s".formatted(fact.name(), Printable.of(fact.value())));
        }
        line(out, "");
        line(out, "How it is computed");
        for (Sum sum : explanation.sums()) {
            line(out, "  " + sum.name() + " = " + Printable.of(sum.formula()));
            if (!sum.agrees()) {
                line(out, "  " + disagreement(sum));
            }
        }
        ZoneId zone = ZoneId.of(explanation.zone());
        for (Part part : explanation.parts()) {
            line(out, "");
            line(out, Printable.of(part.title()));
            for (String word : part.words()) {
                line(out, "  - " + Printable.of(word));
            }
            for (LogLine log : part.lines()) {
                line(out, "  " + (log.counts() ? "* " : "  ") + Printable.of(log.why()));
                line(
                        out,
                        "      " + Printable.of(log.place()) + ", received "
                                + LocalTimes.exact(log.receivedAt(), zone));
                line(out, "      " + Printable.of(log.line()));
            }
            if (part.notShown() > 0) {
                line(out, "  … and " + Counts.grouped(part.notShown()) + " more lines that are not shown");
            }
        }
        if (!explanation.more().isEmpty()) {
            line(out, "");
            line(out, "More");
            for (String more : explanation.more()) {
                line(out, "  " + Printable.of(more));
            }
        }
    }

    /** Never to be seen; a number that cannot be explained must not look as if it was. */
    static String disagreement(Sum sum) {
        return "BUT the view has " + sum.stated() + ": the lines shown here do not fully explain it; please"
                + " report this";
    }

    private static void line(Appendable out, String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }
}
