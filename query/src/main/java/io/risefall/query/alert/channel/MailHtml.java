package io.risefall.query.alert.channel;

/** The words of an alert as a page for mail programs: inline styles only. A document brings its own. */
final class MailHtml {
    private static final String[] COLOURS = {"#c0392b", "#b9770e", "#1e8449"};

    private MailHtml() {}

    static String of(Outgoing outgoing) {
        if (outgoing instanceof DocumentNotice document) {
            return document.html();
        }
        AlertNotice notice = (AlertNotice) outgoing;
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head>"
                + "<body style=\"font-family:sans-serif;font-size:14px\"><p style=\"font-weight:bold;color:"
                + COLOURS[NoticeWords.urgency(notice)] + "\">" + escaped(NoticeWords.subject(notice)) + "</p>");
        NoticeWords.body(notice)
                .forEach(line -> html.append("<div style=\"margin:4px 0\">")
                        .append(line(line, notice))
                        .append("</div>"));
        return html.append("</body></html>").toString();
    }

    private static String line(String line, AlertNotice notice) {
        if (NoticeWords.isAbsolute(notice) && line.equals(notice.link())) {
            return "<a href=\"" + escaped(line) + "\">Open in Risefall</a>";
        }
        return line.startsWith("  ") ? "<code>" + escaped(line.strip()) + "</code>" : escaped(line);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
