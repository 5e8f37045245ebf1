package io.risefall.query.text;

/** Text inside GitHub Markdown. */
public final class MarkdownText {
    private static final String MARKUP = "\\`*_{}[]#!|~@";

    private MarkdownText() {}

    /** Escapes what Markdown would read as markup; everything else stays readable. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        Printable.of(text).chars().forEach(c -> {
            if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '>') {
                escaped.append("&gt;");
            } else if (c == '&') {
                escaped.append("&amp;");
            } else {
                if (MARKUP.indexOf(c) >= 0) {
                    escaped.append('\\');
                }
                escaped.append((char) c);
            }
        });
        // GitHub makes links of bare addresses, unless these signs are escaped.
        return escaped.toString().replace("://", "\\://").replace("www.", "www\\.");
    }
}
