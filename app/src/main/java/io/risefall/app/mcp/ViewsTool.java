package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.app.serving.QueryClient;
import io.risefall.query.sql.SqlText;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** {@code views}: what can be asked. Names and comments are Risefall's own. */
final class ViewsTool implements McpTool {
    private static final SqlText VIEWS = SqlText.of("""
            select view_name as view, comment from duckdb_views()
            where not internal and schema_name = 'main' order by view_name""");

    private static final String COLUMNS = """
            select column_name as "column", lower(data_type) as type, comment from duckdb_columns()
            where schema_name = 'main' and table_name = $view order by column_index""";

    @Override
    public String name() {
        return "views";
    }

    @Override
    public ToolAnswer call(ToolArguments arguments, QueryClient client, ZoneId zone) throws Exception {
        String view = arguments.text("view");
        if (view == null) {
            return ToolAnswer.own("views", RowsAnswer.ask(client, VIEWS, RowsAnswer.ALL));
        }
        JsonNode columns = RowsAnswer.ask(client, new SqlText(COLUMNS, Map.of("view", view)), RowsAnswer.ALL);
        if (columns.isEmpty()) {
            List<String> known = RowsAnswer.ask(client, VIEWS, RowsAnswer.ALL).findValuesAsText("view");
            throw new IllegalArgumentException("no view '" + Printable.of(view) + "'" + Nearest.hint(view, known)
                    + "; without view, all are listed");
        }
        return ToolAnswer.own("columns", columns);
    }
}
