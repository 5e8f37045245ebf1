package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.risefall.app.serving.QueryClient;
import io.risefall.query.sql.SqlText;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** {@code query}: SQL over the views, shut in as that of any user. */
final class QueryTool implements McpTool {
    private static final int USUAL_ROWS = 100;

    @Override
    public String name() {
        return "query";
    }

    @Override
    public ToolAnswer call(ToolArguments arguments, QueryClient client, ZoneId zone) throws Exception {
        SqlText sql = new SqlText(Objects.requireNonNull(arguments.text("sql")), arguments.texts("parameters"));
        if (sql.text().isBlank()) {
            throw new IllegalArgumentException("sql is empty: give one SELECT, such as FROM outages LIMIT 10");
        }
        int limit = arguments.number("limit", USUAL_ROWS);
        // One more tells whether there are more.
        ArrayNode rows = (ArrayNode) RowsAnswer.ask(client, sql, limit + 1);
        boolean more = rows.size() > limit;
        if (more) {
            rows.remove(limit);
        }
        return ToolAnswer.quoted(
                JsonNodeFactory.instance.objectNode().set("rows", rows),
                more ? List.of("rows: all after the first " + limit + "; raise limit, or select less") : List.of());
    }
}
