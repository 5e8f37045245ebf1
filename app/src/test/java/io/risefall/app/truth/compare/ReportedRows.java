package io.risefall.app.truth.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.app.driver.RunningRisefall;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the views tell of outages and states, node by node. */
public final class ReportedRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<JsonNode>> outages;
    private final Map<String, List<JsonNode>> states;

    private ReportedRows(Map<String, List<JsonNode>> outages, Map<String, List<JsonNode>> states) {
        this.outages = outages;
        this.states = states;
    }

    public static ReportedRows by(RunningRisefall risefall) throws IOException {
        return new ReportedRows(
                byNode(
                        risefall,
                        "select node, proxy, server, started_at, ended_at, reason, code, reason_text, via from outages"
                                + " order by started_at"),
                byNode(risefall, "select node, proxy, server, state, from_at, to_at from states order by from_at"));
    }

    private static Map<String, List<JsonNode>> byNode(RunningRisefall risefall, String sql) throws IOException {
        return StreamSupport.stream(rows(risefall, sql).spliterator(), false)
                .collect(Collectors.groupingBy(row -> row.get("node").asText()));
    }

    public static JsonNode rows(RunningRisefall risefall, String sql) throws IOException {
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }

    public List<JsonNode> outages(String node) {
        return outages.getOrDefault(node, List.of());
    }

    /** All rows of a node. */
    public List<String> lines(String node) {
        return Stream.concat(outages(node).stream(), states.getOrDefault(node, List.of()).stream())
                .map(JsonNode::toString)
                .toList();
    }

    public Comparison against(Collection<Truth.Server> servers, double ended, String node, double tolerance) {
        return new Comparison(servers, ended, tolerance).with(outages(node), states.getOrDefault(node, List.of()));
    }

    /** The same, all times later by so much. */
    public ReportedRows later(Duration by) {
        return new ReportedRows(later(outages, by), later(states, by));
    }

    private static Map<String, List<JsonNode>> later(Map<String, List<JsonNode>> rows, Duration by) {
        return rows.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> one.getValue().stream()
                                .map(row -> later(row, by))
                                .toList()));
    }

    private static JsonNode later(JsonNode row, Duration by) {
        ObjectNode moved = row.deepCopy();
        row.properties().forEach(field -> {
            if (field.getKey().endsWith("_at") && !field.getValue().isNull()) {
                OffsetDateTime time = OffsetDateTime.parse(field.getValue().asText());
                moved.put(field.getKey(), time.plus(by).toString());
            }
        });
        return moved;
    }
}
