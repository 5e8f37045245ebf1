package io.risefall.query.report.render;

import io.risefall.query.report.model.DayReport;
import java.io.IOException;
import java.util.function.Function;

/** The formats of a report. */
public enum ReportFormat {
    /** For a terminal of 100 columns. */
    TEXT(TextDay::new),
    /** GitHub Markdown. */
    MARKDOWN(colour -> new MarkdownDay()),
    /** One self-contained page. */
    HTML(colour -> new HtmlDay(null)),
    /** All of it for programs: {@link DayReport}. */
    JSON(colour -> new JsonDay());

    private final Function<Boolean, Renderer> renderer;

    ReportFormat(Function<Boolean, Renderer> renderer) {
        this.renderer = renderer;
    }

    /** Prints the report. */
    public void render(DayReport report, Appendable out) throws IOException {
        render(report, out, false);
    }

    /** Prints the report, with ANSI colours where the format is text and {@code colour} is true. */
    public void render(DayReport report, Appendable out, boolean colour) throws IOException {
        renderer.apply(colour).render(report, out);
    }

    /** Prints a day's report in one format. */
    interface Renderer {
        void render(DayReport report, Appendable out) throws IOException;
    }
}
