package io.risefall.query.explain.render;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Fact;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.text.Counts;
import io.risefall.query.text.MarkdownText;
import io.risefall.query.time.LocalTimes;
import java.io.IOException;
import java.time.ZoneId;

/** An explanation as GitHub Markdown. Words of the log can make neither markup nor links nor tables of their own. */
final class MarkdownExplanation implements ExplainFormat.Renderer {
    @Override
    public void render(Explanation explanation, Appendable out) throws IOException {
        out.append("# ").append(MarkdownText.escape(explanation.title())).append("\n\n| | |\n|---|---|\n");
        for (Fact fact : explanation.facts()) {
            row(out, fact.name(), fact.value());
        }
        out.append("\n## How it is computed\n\n");
        for (Sum sum : explanation.sums()) {
            out.append("- ")
                    .append(MarkdownText.escape(sum.name() + " = " + sum.formula()))
                    .append('\n');
            if (!sum.agrees()) {
                out.append("- **")
                        .append(MarkdownText.escape(TextExplanation.disagreement(sum)))
                        .append("**\n");
            }
        }
        for (Part part : explanation.parts()) {
            part(out, part, ZoneId.of(explanation.zone()));
        }
        if (!explanation.more().isEmpty()) {
            out.append("\n## More\n\n");
            for (String more : explanation.more()) {
                out.append("- ").append(MarkdownText.escape(more)).append('\n');
            }
        }
    }

    private static void part(Appendable out, Part part, ZoneId zone) throws IOException {
        out.append("\n## ").append(MarkdownText.escape(part.title())).append('\n');
        if (!part.words().isEmpty()) {
            out.append('\n');
        }
        for (String word : part.words()) {
            out.append("- ").append(MarkdownText.escape(word)).append('\n');
        }
        if (!part.lines().isEmpty()) {
            out.append("\n| why | where | received | line |\n|---|---|---|---|\n");
            for (LogLine line : part.lines()) {
                row(
                        out,
                        line.counts() ? line.why() : "(" + line.why() + ")",
                        line.place(),
                        LocalTimes.exact(line.receivedAt(), zone),
                        line.line());
            }
        }
        if (part.notShown() > 0) {
            out.append("\n… and ").append(Counts.grouped(part.notShown())).append(" more lines that are not shown\n");
        }
    }

    private static void row(Appendable out, String... cells) throws IOException {
        out.append('|');
        for (String cell : cells) {
            out.append(' ').append(MarkdownText.escape(cell)).append(" |");
        }
        out.append('\n');
    }
}
