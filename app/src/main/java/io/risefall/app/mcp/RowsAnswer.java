package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.app.serving.QueryClient;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import java.io.ByteArrayOutputStream;

/** Rows as an array of objects; DuckDB gives columns of one name different ones. */
final class RowsAnswer {
    /** More than Risefall has views, or any of them columns. */
    static final int ALL = 1000;

    private RowsAnswer() {}

    /** @param most how many rows at most */
    static JsonNode ask(QueryClient client, SqlText sql, int most) throws Exception {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        client.query(sql, ResultLayout.of(ResultFormat.JSON).first(most), json);
        return RpcMessage.JSON.readTree(json.toByteArray());
    }
}
