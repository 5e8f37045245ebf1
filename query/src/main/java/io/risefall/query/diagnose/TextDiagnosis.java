package io.risefall.query.diagnose;

import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A diagnosis for a terminal. */
final class TextDiagnosis implements DiagnosisFormat.Renderer {
    /** More than that is read as a list of its own. */
    private static final int MOST_CHANGES = 5;

    /** The head of what is said of HAProxy's configuration. */
    static final String CONFIGURATION = "HAProxy's configuration";

    @Override
    public void render(DiagnosisAnswer answer, Appendable out) throws IOException {
        line(out, answer.sentence());
        for (OutageDiagnosis outage : answer.outages()) {
            line(out, "");
            outage(outage, ZoneId.of(answer.zone()), out);
        }
        if (answer.notShown() > 0) {
            line(out, "");
            line(out, Counts.plural(answer.notShown(), "more outage") + ": see risefall report, or name one server.");
        }
        configuration(answer, out);
    }

    private static void configuration(DiagnosisAnswer answer, Appendable out) throws IOException {
        if (!answer.configuration().isEmpty() || !answer.advice().isEmpty()) {
            line(out, "");
            line(out, CONFIGURATION);
            line(out, "-".repeat(CONFIGURATION.length()));
        }
        for (String fact : answer.configuration()) {
            field(out, "compared", fact);
        }
        for (ConfigAdvice advice : answer.advice()) {
            field(out, "advice", String.join(", ", advice.places()) + ": " + advice.why());
            line(out, "              " + Printable.of(advice.how()));
            for (String paste : advice.paste()) {
                line(out, "                 " + Printable.of(paste));
            }
        }
    }

    private static void outage(OutageDiagnosis outage, ZoneId zone, Appendable out) throws IOException {
        String title = title(outage, zone);
        line(out, title);
        line(out, "-".repeat(title.length()));
        field(out, "likely cause", outage.cause() + " (" + confidence(outage) + ")");
        field(out, "because", outage.because());
        for (String against : outage.against()) {
            field(out, "but", against);
        }
        for (String before : before(outage)) {
            field(out, "before", before);
        }
        for (String configured : outage.configured()) {
            field(out, "configured", configured);
        }
        field(out, "settled by", outage.settledBy());
        for (LogLine evidence : outage.evidence()) {
            field(out, "line", evidence.why());
            line(out, "              " + Printable.of(evidence.line()));
        }
        int number = 1;
        for (Step step : outage.next()) {
            field(out, "next", number++ + ". " + step.what());
            if (step.command() != null) {
                line(out, "                 " + Printable.of(step.command()));
            }
        }
        field(out, "all lines", ExplainTarget.command(outage.id()));
    }

    /** What was done before, the latest first. */
    static List<String> before(OutageDiagnosis outage) {
        List<String> shown = outage.changesBefore().stream()
                .limit(MOST_CHANGES)
                .map(change -> change.before(outage.startedAt()))
                .collect(Collectors.toCollection(ArrayList::new));
        int more = outage.changesBefore().size() - shown.size();
        if (more > 0) {
            shown.add(Counts.plural(more, "more change") + ": see risefall changes.");
        }
        return shown;
    }

    /** As {@code web/srv1 on lb1, down since … (3 min)}. */
    static String title(OutageDiagnosis outage, ZoneId zone) {
        String from = LocalTimes.toMillis(outage.startedAt(), zone);
        return Printable.of(outage.name()) + " on " + Printable.of(outage.node())
                + (outage.endedAt() == null
                        ? ", down since " + from + " (" + Durations.text(outage.durationMs()) + ")"
                        : ", was down from " + from + " for " + Durations.text(outage.durationMs()));
    }

    static String confidence(OutageDiagnosis outage) {
        return switch (outage.confidence()) {
            case "certain" -> "certain: a line says so";
            case "likely" -> "likely: it fits nothing else that is usual";
            case "possible" -> "possible: something else fits as well";
            default -> "the log cannot tell";
        };
    }

    private static void field(Appendable out, String name, String text) throws IOException {
        line(out, "%-13s %s".formatted(name, Printable.of(text)));
    }

    private static void line(Appendable out, String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }
}
