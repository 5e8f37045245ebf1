package io.risefall.query.annotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Printable;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mark on a graph, with the names that Grafana has. Grafana shows texts as HTML: what comes from logs and notes is escaped for that.
 *
 * @param time begin, in milliseconds since 1970
 * @param timeEnd end; null for a moment, and while it lasts
 * @param title what kind of thing it is: incident, maintenance, note or reload
 * @param text what happened
 * @param tags its kind, and the names of what it is about
 * @param id of an incident; else null
 * @param link where this service tells more, to those with the token; null where it does not
 */
@JsonPropertyOrder({"time", "timeEnd", "title", "text", "tags", "id", "link"})
public record Annotation(
        long time,
        @JsonProperty("timeEnd") @Nullable Long timeEnd,
        String title,
        String text,
        List<String> tags,
        @Nullable String id,
        @Nullable String link) {
    private static final int MICROS = 1000;

    static Annotation of(SqlQuery.Row row) throws SQLException {
        Long end = row.numberOrNull("to_us");
        String id = row.textOrNull("id");
        return new Annotation(
                row.number("from_us") / MICROS,
                end == null ? null : Long.valueOf(end / MICROS),
                row.text("kind"),
                html(row.text("what")),
                row.texts("tags").stream().map(Annotation::html).toList(),
                id,
                id == null ? null : "/postmortem?id=" + id);
    }

    private static String html(String text) {
        return Printable.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
