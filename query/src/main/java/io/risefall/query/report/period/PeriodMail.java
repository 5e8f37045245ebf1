package io.risefall.query.report.period;

import io.risefall.query.text.Printable;
import io.risefall.query.text.QuotedPrintable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A period's {@link MailContent} as one MIME message without recipients. */
final class PeriodMail {
    /** No line of quoted-printable text holds this. */
    private static final String BOUNDARY = "=_risefall_report";

    private static final String CRLF = "\r\n";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private PeriodMail() {}

    static void write(PeriodReport report, OutputStream out) throws IOException {
        MailContent content = MailContent.of(report, null);
        String mail = String.join(
                CRLF,
                "Subject: " + folded(content.subject()),
                "Date: " + DATE.format(report.writtenAt().atZone(report.zone())),
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative; boundary=\"" + BOUNDARY + "\"",
                "",
                part("text/plain", content.text()),
                part("text/html", content.html()),
                "--" + BOUNDARY + "--",
                "");
        out.write(mail.getBytes(StandardCharsets.US_ASCII));
        out.flush();
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
}
