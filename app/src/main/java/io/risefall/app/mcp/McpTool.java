package io.risefall.app.mcp;

import io.risefall.app.serving.QueryClient;
import java.time.ZoneId;

/** What a model can call. Implementations have no state. */
interface McpTool {
    /** As in {@code tools.json}, which says what it takes. */
    String name();

    /**
     * Answers.
     *
     * @param zone where days begin
     * @throws IllegalArgumentException with a sentence for whom called, where an argument is invalid
     */
    ToolAnswer call(ToolArguments arguments, QueryClient client, ZoneId zone) throws Exception;
}
