package io.risefall.query.report.period;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.report.render.ReportFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The formats of a period's report. */
public enum PeriodFormat {
    /** For a terminal of 100 columns. */
    TEXT((report, out) -> AnswerFormat.TEXT.write(PeriodPage.of(report), out)),
    /** GitHub Markdown. */
    MARKDOWN((report, out) -> AnswerFormat.MARKDOWN.write(PeriodPage.of(report), out)),
    /** One self-contained page. */
    HTML(PeriodHtml::write),
    /** All of it for programs: {@link PeriodReport}. */
    JSON((report, out) -> AnswerFormat.JSON.write(PeriodPage.of(report), out)),
    /** Rows for a spreadsheet. */
    CSV((report, out) -> AnswerFormat.CSV.write(PeriodPage.of(report), out)),
    /** One mail without recipients, always shorter than 100 kB. */
    MAIL(PeriodMail::write);

    private final Renderer renderer;

    PeriodFormat(Renderer renderer) {
        this.renderer = renderer;
    }

    /** Writes the report as UTF-8 and leaves {@code out} open. */
    public void write(PeriodReport report, OutputStream out) throws IOException {
        renderer.render(report, out);
    }

    /** The same format of the report of a whole day, which has more sections; null where that has none. */
    public @Nullable ReportFormat ofDay() {
        return switch (this) {
            case TEXT -> ReportFormat.TEXT;
            case MARKDOWN -> ReportFormat.MARKDOWN;
            case JSON -> ReportFormat.JSON;
            case HTML -> ReportFormat.HTML;
            case CSV, MAIL -> null;
        };
    }

    /** Prints a report in one format; has no state. */
    interface Renderer {
        void render(PeriodReport report, OutputStream out) throws IOException;
    }
}
