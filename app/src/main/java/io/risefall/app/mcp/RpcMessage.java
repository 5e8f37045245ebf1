package io.risefall.app.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.risefall.query.text.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request or notification of JSON-RPC 2.0.
 *
 * @param id what its answer repeats; null: a notification, which has none
 * @param params an object, empty where there is none
 */
record RpcMessage(@Nullable JsonNode id, String method, JsonNode params) {
    /** Two values of one name would let a reader before this one see another request. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a line.
     *
     * @return null: an answer, and nobody asked
     */
    static @Nullable RpcMessage read(byte[] line) throws RpcException {
        JsonNode message = json(line);
        if (message.isArray()) {
            throw new RpcException(
                    RpcException.INVALID_REQUEST, "batches are not supported; send one message per line");
        }
        if (!message.isObject() || !message.path("jsonrpc").asText().equals("2.0")) {
            throw new RpcException(
                    RpcException.INVALID_REQUEST, "not a message of JSON-RPC 2.0: an object with \"jsonrpc\": \"2.0\"");
        }
        if (!message.has("method") && (message.has("result") || message.has("error"))) {
            return null;
        }
        if (!message.path("method").isTextual()) {
            throw new RpcException(RpcException.INVALID_REQUEST, "method is missing or not a text");
        }
        JsonNode id = message.get("id");
        if (id != null && !id.isTextual() && !id.isIntegralNumber()) {
            throw new RpcException(RpcException.INVALID_REQUEST, "id must be a text or an integer");
        }
        JsonNode params = message.has("params") ? message.get("params") : JsonNodeFactory.instance.objectNode();
        return new RpcMessage(id, message.get("method").asText(), params);
    }

    private static JsonNode json(byte[] line) throws RpcException {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new RpcException(
                    RpcException.PARSE_ERROR,
                    "not JSON: "
                            + Printable.of(
                                    e.getOriginalMessage().lines().findFirst().orElse("")));
        } catch (IOException e) {
            throw new RpcException(RpcException.PARSE_ERROR, "not UTF-8");
        }
    }

    /** What stands below {@code _meta}; missing where there is nothing. */
    JsonNode meta(String key) {
        return params.path("_meta").path(key);
    }
}
