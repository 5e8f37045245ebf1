package io.risefall.query.report.period;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.template.PageTemplates;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import io.risefall.query.text.QuotedPrintable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A period's report as one mail without recipients: text, and the same as HTML with tables and inline styles only, as programs
 * for mail want it. Always shorter than {@value #MOST_BYTES} bytes: it has fewer rows where they are long, and says how many
 * are left out.
 */
final class PeriodMail {
    /** Longer mails are cut by what shows them. */
    static final int MOST_BYTES = 100_000;

    /** So many rows of each table, and so many notes, the first that fit. */
    private static final int[] ROWS = {40, 25, 15, 10, 5, 3, 1, 0};

    private static final int LONGEST_CELL = 120;
    private static final int LONGEST_SENTENCE = 1000;
    /** No line of quoted-printable text holds this. */
    private static final String BOUNDARY = "=_risefall_report";

    private static final String CRLF = "\r\n";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private PeriodMail() {}

    static void write(PeriodReport report, OutputStream out) throws IOException {
        AnswerPage page = PeriodPage.of(report);
        byte[] mail = new byte[0];
        for (int rows : ROWS) {
            mail = mail(report, cut(page, rows));
            if (mail.length < MOST_BYTES) {
                break;
            }
        }
        out.write(mail);
        out.flush();
    }

    private static byte[] mail(PeriodReport report, AnswerPage page) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        AnswerFormat.TEXT.write(page, text);
        StringBuilder html = new StringBuilder();
        PageTemplates.print(
                "report/period/mail.ftlx",
                Map.of("page", page, "report", report, "colour", colour(report.level())),
                html);
        return String.join(
                        CRLF,
                        "Subject: " + folded(page.title() + ": " + news(report)),
                        "Date: " + DATE.format(report.writtenAt().atZone(report.zone())),
                        "Auto-Submitted: auto-generated",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/alternative; boundary=\"" + BOUNDARY + "\"",
                        "",
                        part("text/plain", text.toString(StandardCharsets.UTF_8)),
                        part("text/html", html.toString()),
                        "--" + BOUNDARY + "--",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String part(String type, String text) {
        return String.join(
                CRLF,
                "--" + BOUNDARY,
                "Content-Type: " + type + "; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                QuotedPrintable.of(text));
    }

    /** The shortest answer. */
    private static String news(PeriodReport report) {
        if (report.level() == Level.UNKNOWN) {
            return "little is known";
        }
        int down = report.fleet().atEnd().down();
        return report.isQuiet()
                ? "nothing was down"
                : Counts.plural(report.fleet().outages(), "outage")
                        + (down == 0
                                ? ""
                                : ", " + Counts.servers(down) + " down "
                                        + report.period().whenEnd());
    }

    /** A header is ASCII, and its lines are short: it goes on after a blank at the begin of the next one. */
    private static String folded(String subject) {
        StringBuilder folded = new StringBuilder();
        int column = "Subject: ".length();
        for (String word : Printable.of(subject)
                .replace('\u00a0', ' ')
                .replaceAll("[^ -~]", "?")
                .split(" ", -1)) {
            if (folded.length() > 0) {
                boolean fits = column + word.length() < 76;
                folded.append(fits ? " " : CRLF + " ");
                column = fits ? column : 0;
            }
            folded.append(word);
            column += word.length() + 1;
        }
        return folded.toString();
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
                page.facts().stream().map(PeriodMail::shorter).toList(),
                page.tables().stream().map(table -> shorter(table.cut(rows))).toList(),
                notes.stream().map(note -> shorter(note, LONGEST_SENTENCE)).toList(),
                page.json(),
                page.rows());
    }

    private static ReportTable shorter(ReportTable table) {
        return new ReportTable(
                table.title(),
                table.columns(),
                table.rows().stream().map(PeriodMail::shorter).toList(),
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
