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
        String subject = escaped(NoticeWords.subject(notice));
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><title>" + subject + "</title></head>"
                + "<body style=\"font-family:sans-serif;font-size:15px;line-height:1.4;overflow-wrap:anywhere\">"
                + "<p style=\"margin:0 0 12px;padding-left:10px;border-left:6px solid "
                + COLOURS[NoticeWords.urgency(notice)] + ";font-size:17px;font-weight:bold\">" + subject + "</p>");
        NoticeWords.body(notice)
                .forEach(line -> html.append("<div style=\"margin:4px 0\">")
                        .append(line(line, notice))
                        .append("</div>"));
        return html.append("</body></html>").toString();
    }

    private static String line(String line, AlertNotice notice) {
        if (NoticeWords.isAbsolute(notice) && line.equals(notice.link())) {
            return "<a style=\"display:inline-block;margin:8px 0;padding:8px 14px;border-radius:4px;background:#1f5fa8;color:#fff;"
                    + "text-decoration:none\" href=\"" + escaped(line) + "\">Open in Risefall</a>";
        }
        return line.startsWith("  ")
                ? "<code style=\"display:block;padding-left:12px\">" + escaped(line.strip()) + "</code>"
                : escaped(line);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
