package io.risefall.query.report.period;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.template.PageTemplates;
import io.risefall.query.text.Counts;
import io.risefall.query.text.QuotedPrintable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says of a period: text, and the same as HTML with tables and inline styles only, as programs for mail want it. Where
 * that would be longer than {@value #MOST_BYTES} bytes of mail, tables have fewer rows, and say how many are left out.
 *
 * @param subject what it is about, and the verdict; one line
 */
public record MailContent(String subject, String text, String html) {
    /** Longer mails are cut by what shows them. */
    private static final int MOST_BYTES = 100_000;

    /** What stands around both texts. */
    private static final int HEADERS_BYTES = 4_000;

    /** So many rows of each table, and so many notes, the first that fit. */
    private static final int[] ROWS = {40, 25, 15, 10, 5, 3, 1, 0};

    /** Of sentences in the text: what shows mail wraps longer lines anywhere. */
    private static final int COLUMNS = 78;

    private static final int LONGEST_CELL = 120;
    private static final int LONGEST_SENTENCE = 1000;

    /** @param link where more of it is; null: not known */
    public static MailContent of(PeriodReport report, @Nullable String link) throws IOException {
        AnswerPage page = PeriodPage.of(report);
        MailContent content = null;
        for (int rows : ROWS) {
            content = of(report, cut(page, rows), link);
            if (content.bytes() < MOST_BYTES - HEADERS_BYTES) {
                return content;
            }
        }
        return content;
    }

    private static MailContent of(PeriodReport report, AnswerPage page, @Nullable String link) throws IOException {
        StringBuilder text = new StringBuilder();
        AnswerFormat.text(link == null ? page : linked(page, link), text, COLUMNS);
        StringBuilder html = new StringBuilder();
        PageTemplates.print(
                "report/period/mail.ftlx",
                Map.of(
                        "page",
                        page,
                        "report",
                        report,
                        "colour",
                        colour(report.level()),
                        "link",
                        link == null ? "" : link),
                html);
        return new MailContent(page.title() + ": " + news(report), text.toString(), html.toString());
    }

    private static AnswerPage linked(AnswerPage page, String link) {
        List<List<String>> facts = new ArrayList<>(page.facts());
        facts.add(List.of("page", link));
        return new AnswerPage(
                page.title(), page.sentence(), facts, page.tables(), page.notes(), page.json(), page.rows());
    }

    private int bytes() {
        return QuotedPrintable.of(text).length() + QuotedPrintable.of(html).length();
    }

    /** The shortest answer: {@code 2 outages, 1 flapping, 99.93 %}. */
    private static String news(PeriodReport report) {
        if (!report.fleet().time().isKnown()) {
            return "the log was silent";
        }
        List<String> news = new ArrayList<>();
        news.add(
                report.isQuiet()
                        ? "nothing was down"
                        : Counts.plural(report.fleet().outages(), "outage"));
        int down = report.fleet().atEnd().down();
        if (down > 0) {
            news.add(Counts.servers(down) + " down " + report.period().whenEnd());
        }
        long flapping = report.servers().stream()
                .filter(server -> server.flappingMs() > 0)
                .count();
        if (flapping > 0) {
            news.add(Counts.grouped(flapping) + " flapping");
        }
        news.add(report.fleet().time().availabilityText());
        if (report.level() == Level.UNKNOWN) {
            news.add("little is known");
        }
        return String.join(", ", news);
    }

    private static AnswerPage cut(AnswerPage page, int rows) {
        List<String> notes = new ArrayList<>(
                page.notes().subList(0, Math.min(rows, page.notes().size())));
        if (notes.size() < page.notes().size()) {
            notes.add((page.notes().size() - notes.size()) + " more: see --format json.");
        }
        return new AnswerPage(
                shorter(page.title(), LONGEST_CELL),
                shorter(page.sentence(), LONGEST_SENTENCE),
                page.facts().stream().map(MailContent::shorter).toList(),
                page.tables().stream().map(table -> shorter(table.cut(rows))).toList(),
                notes.stream().map(note -> shorter(note, LONGEST_SENTENCE)).toList(),
                page.json(),
                page.rows());
    }

    private static ReportTable shorter(ReportTable table) {
        return new ReportTable(
                table.title(),
                table.columns(),
                table.rows().stream().map(MailContent::shorter).toList(),
                table.note());
    }

    private static List<String> shorter(List<String> cells) {
        return cells.stream().map(cell -> shorter(cell, LONGEST_CELL * 3)).toList();
    }

    /** Names of the log may be as long as a line. */
    private static String shorter(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }

    private static String colour(Level level) {
        return switch (level) {
            case OK -> "#2c6b50";
            case TROUBLE -> "#8a5200";
            case DOWN -> "#bf3b0c";
            case UNKNOWN -> "#586369";
        };
    }
}
