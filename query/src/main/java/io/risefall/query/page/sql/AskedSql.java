package io.risefall.query.page.sql;

import freemarker.template.SimpleScalar;
import freemarker.template.TemplateModel;
import io.risefall.query.page.Links;
import io.risefall.query.sql.SqlPosition;
import java.util.Map;

/**
 * What somebody asks: the parameters of a link, or the fields of a form.
 *
 * @param text SQL; blank: nothing yet
 * @param name what it is called; blank: nothing
 */
public record AskedSql(String text, String name) {
    static final String PATH = "/query";

    /** What a browser's address may hold, with the rest of the request's first line. */
    private static final int LINK_CHARACTERS = 7_500;

    static AskedSql of(Map<String, String> fields) {
        return new AskedSql(
                fields.getOrDefault("sql", "").replace("\r\n", "\n"),
                fields.getOrDefault("name", "").strip());
    }

    public boolean isBlank() {
        return text.isBlank();
    }

    /** The page that has its rows: this is how a query is kept, and passed on. */
    public String href() {
        return PATH + parameters();
    }

    /** Its rows as a document; {@code rows.csv}. */
    public String download(String file) {
        return PATH + "/" + file + parameters();
    }

    private String parameters() {
        return "?" + (name.isEmpty() ? "" : "name=" + Links.ALL.part(name) + "&") + "sql=" + Links.ALL.part(text);
    }

    /** Whether it fits in a link. */
    public boolean isLink() {
        return download("rows.json").length() <= LINK_CHARACTERS;
    }

    public static int longestLink() {
        return LINK_CHARACTERS;
    }

    /** The text as it was written: it is the user's own, and goes on being edited. */
    public TemplateModel verbatim() {
        return new SimpleScalar(text);
    }

    /** The line of a place. */
    public String line(SqlPosition at) {
        return text.split("\n", -1)[at.line() - 1];
    }

    /** How many characters of the text stand before a place. */
    public int offset(SqlPosition at) {
        String[] lines = text.split("\n", -1);
        int offset = 0;
        for (int line = 0; line < at.line() - 1; line++) {
            offset += lines[line].length() + 1;
        }
        return offset + lines[at.line() - 1].offsetByCodePoints(0, at.column() - 1);
    }
}
