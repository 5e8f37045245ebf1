package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tools: what they are, and how they are called. One call at a time. */
final class McpTools {
    /** Not under io.risefall: its warnings also go to standard error. */
    private static final Logger LOG = LoggerFactory.getLogger("risefall");

    private static final List<McpTool> ALL =
            List.of(new ViewsTool(), new QueryTool(), new ExplainTool(), new ReportTool(), new DiagnoseTool());

    /** Opens a way to the warehouse, for one call: in between, a service can start or stop. */
    interface Clients {
        QueryClient open(ZoneId zone) throws InterruptedException;
    }

    private final Clients clients;
    private final ZoneId zone;
    private final ArrayNode definitions = definitions();

    /** @param zone where days begin unless a call says otherwise */
    McpTools(Clients clients, ZoneId zone) {
        this.clients = clients;
        this.zone = zone;
    }

    private static ArrayNode definitions() {
        try (InputStream file = Objects.requireNonNull(McpTools.class.getResourceAsStream("tools.json"))) {
            ArrayNode tools = (ArrayNode) RpcMessage.JSON.readTree(file);
            for (JsonNode tool : tools) {
                ((ObjectNode) tool)
                        .putObject("annotations")
                        .put("readOnlyHint", true)
                        .put("destructiveHint", false)
                        .put("idempotentHint", true)
                        .put("openWorldHint", false);
            }
            return tools;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code tools/list} tells. */
    ArrayNode list() {
        return definitions;
    }

    /**
     * What {@code tools/call} answers; what goes wrong with the call is an answer too, for the model to act on.
     *
     * @throws RpcException where there is no such tool
     */
    ObjectNode call(JsonNode params) throws RpcException, InterruptedException {
        String name = params.path("name").asText();
        McpTool tool = ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RpcException(
                        RpcException.INVALID_PARAMS,
                        "unknown tool; known are "
                                + String.join(
                                        ", ", ALL.stream().map(McpTool::name).toList())));
        JsonNode given = params.has("arguments") ? params.get("arguments") : JsonNodeFactory.instance.objectNode();
        if (!given.isObject()) {
            throw new RpcException(RpcException.INVALID_PARAMS, "arguments must be an object");
        }
        try {
            ToolArguments arguments = ToolArguments.of(given, schema(name));
            ZoneId asked = arguments.zone(zone);
            try (QueryClient client = clients.open(asked)) {
                return answered(tool.call(arguments, client, asked));
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (CommandException.isInterruption(e)) {
                throw new InterruptedException();
            }
            return failed(e);
        }
    }

    private JsonNode schema(String name) {
        for (JsonNode tool : definitions) {
            if (tool.path("name").asText().equals(name)) {
                return tool.path("inputSchema");
            }
        }
        throw new IllegalStateException("tools.json does not have " + name);
    }

    private static ObjectNode answered(ToolAnswer answer) {
        ObjectNode result = text(answer.content());
        result.set("structuredContent", answer.content());
        return result.put("isError", false);
    }

    private static ObjectNode failed(Exception e) {
        boolean expected = e instanceof IllegalArgumentException || CommandException.isForUser(e);
        if (!expected) {
            LOG.error("a tool failed", e);
        }
        String why = expected && e.getMessage() != null ? e.getMessage() : CommandException.reason(e);
        // A message can repeat a name from the log.
        JsonNode error = PrintableJson.of(JsonNodeFactory.instance.objectNode().put("error", why));
        return text(error).put("isError", true);
    }

    private static ObjectNode text(JsonNode content) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", content.toString());
        return result;
    }
}
