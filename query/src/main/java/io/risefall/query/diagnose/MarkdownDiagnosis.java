package io.risefall.query.diagnose;

import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.text.MarkdownText;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

/** A diagnosis to paste into a ticket. */
final class MarkdownDiagnosis implements DiagnosisFormat.Renderer {
    @Override
    public void render(DiagnosisAnswer answer, Appendable out) throws IOException {
        line(out, MarkdownText.escape(answer.sentence()));
        for (OutageDiagnosis outage : answer.outages()) {
            line(out, "");
            outage(outage, ZoneId.of(answer.zone()), out);
        }
        if (answer.notShown() > 0) {
            line(out, "");
            line(out, "And " + answer.notShown() + " more.");
        }
        configuration(answer, out);
    }

    private static void configuration(DiagnosisAnswer answer, Appendable out) throws IOException {
        if (!answer.configuration().isEmpty() || !answer.advice().isEmpty()) {
            line(out, "");
            line(out, "## " + TextDiagnosis.CONFIGURATION);
            line(out, "");
        }
        for (String fact : answer.configuration()) {
            item(out, MarkdownText.escape(fact));
        }
        for (ConfigAdvice advice : answer.advice()) {
            item(
                    out,
                    MarkdownText.escape(String.join(", ", advice.places()) + ": " + advice.why() + " " + advice.how()));
            line(out, "");
            code(out, advice.paste());
            line(out, "");
        }
    }

    private static void outage(OutageDiagnosis outage, ZoneId zone, Appendable out) throws IOException {
        line(out, "## " + MarkdownText.escape(TextDiagnosis.title(outage, zone)));
        line(out, "");
        item(out, "**Likely cause:** " + outage.cause() + " (" + TextDiagnosis.confidence(outage) + ")");
        item(out, "**Because:** " + MarkdownText.escape(outage.because()));
        for (String against : outage.against()) {
            item(out, "**But:** " + MarkdownText.escape(against));
        }
        for (String before : TextDiagnosis.before(outage)) {
            item(out, "**Before, as a fact and not as a cause:** " + MarkdownText.escape(before));
        }
        for (String configured : outage.configured()) {
            item(out, "**Configured:** " + MarkdownText.escape(configured));
        }
        item(out, "**Settled by:** " + MarkdownText.escape(outage.settledBy()));
        item(out, "**All lines:** `" + ExplainTarget.command(outage.id()) + "`");
        line(out, "");
        code(out, outage.evidence().stream().map(LogLine::line).toList());
        int number = 1;
        for (Step step : outage.next()) {
            line(out, "");
            line(out, number++ + ". " + MarkdownText.escape(step.what()));
            if (step.command() != null) {
                line(out, "");
                code(out, List.of(step.command()));
            }
        }
    }

    /** Indented, so that nothing in a line can end it. */
    private static void code(Appendable out, List<String> lines) throws IOException {
        for (String text : lines) {
            line(out, "        " + Printable.of(text));
        }
    }

    private static void item(Appendable out, String text) throws IOException {
        line(out, "- " + text);
    }

    private static void line(Appendable out, String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }
}
