package io.risefall.query.page;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows.
 *
 * @param template a file of {@code io/risefall/query/page} in the jar
 * @param model what the template prints
 * @param rest what it prints after its {@code <@rest/>}; null: it has none
 */
public record PageContent(
        String template,
        Map<String, Object> model,
        @Nullable Rest rest) {
    /**
     * What takes longer than a reader should wait for the first paint. It is read once the beginning of the page is sent, and with
     * that its status: that what is asked for means something, and is there, is found out before.
     */
    public interface Rest {
        /** Further parts of the model. */
        Map<String, Object> read() throws SQLException, IOException;
    }

    public PageContent {
        model = Map.copyOf(model);
    }

    /** A page that is sent at once. */
    public PageContent(String template, Map<String, Object> model) {
        this(template, model, null);
    }
}
