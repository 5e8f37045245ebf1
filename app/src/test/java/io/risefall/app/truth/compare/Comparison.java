package io.risefall.app.truth.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One form of one run held against its truth. A difference is a line of text {@code SERVER KIND DETAIL}; the rest are
 * {@link Numbers}.
 */
public final class Comparison {
    /** The statistics page prints the code of a killed script without its sign. */
    private static final String UNSIGNED_MINUS_ONE = "4294967295";

    private final Map<String, Truth.Server> servers;
    private final double runEnded;
    private final double tolerance;
    private final List<String> differences = new ArrayList<>();
    private int expected;
    private int found;
    private int reasonsRight;
    private int reasonsAsked;
    private double largestError;
    private double unknown;

    /**
     * @param servers what really happened
     * @param runEnded when the run ended, in epoch seconds
     * @param tolerance seconds by which a bound may miss the sampled moment
     */
    public Comparison(Collection<Truth.Server> servers, double runEnded, double tolerance) {
        this.servers = servers.stream()
                .collect(Collectors.toMap(
                        Truth.Server::name, server -> server, (one, other) -> one, LinkedHashMap::new));
        this.runEnded = runEnded;
        this.tolerance = tolerance;
    }

    /** Compares rows of the views {@code outages} and {@code states} of one node, each in order of time. */
    public Comparison with(List<JsonNode> outages, List<JsonNode> states) {
        Map<String, List<JsonNode>> outagesOf = byServer(outages);
        Map<String, List<JsonNode>> statesOf = byServer(states);
        for (Truth.Server server : servers.values()) {
            List<JsonNode> ofServer = outagesOf.getOrDefault(server.name(), List.of());
            if (!server.logged()) {
                ofServer.forEach(outage -> differ(server, "outage-of-unlogged", outage));
                continue;
            }
            compareOutages(server, ofServer);
            compareStates(server, statesOf.getOrDefault(server.name(), List.of()));
        }
        for (JsonNode outage : outages) {
            if (!servers.containsKey(name(outage))) {
                differences.add(name(outage) + " unheard-of-server "
                        + outage.get("started_at").asText());
            }
        }
        return this;
    }

    private void compareOutages(Truth.Server server, List<JsonNode> rows) {
        List<JsonNode> left = new ArrayList<>(rows);
        for (Truth.Outage outage : server.outages()) {
            expected++;
            JsonNode row = nearest(outage, left);
            if (row == null) {
                differences.add(
                        server.name() + " missed %.3f".formatted(outage.start().to()));
                continue;
            }
            left.remove(row);
            found++;
            error(outage.start(), seconds(row, "started_at"));
            compareEnd(server, outage, row);
            compareReason(server, outage, row);
        }
        left.forEach(row -> differ(server, "false-outage", row));
    }

    private void compareEnd(Truth.Server server, Truth.Outage outage, JsonNode row) {
        boolean open = row.get("ended_at").isNull();
        if (outage.end() == null || open) {
            if (open != (outage.end() == null)) {
                differ(server, open ? "still-open" : "not-open", row);
            }
            return;
        }
        double error = outage.end().distance(seconds(row, "ended_at"));
        if (error > tolerance) {
            differ(server, "end-off-by-%.3f".formatted(error), row);
        } else {
            largestError = Math.max(largestError, error);
        }
    }

    private void compareReason(Truth.Server server, Truth.Outage outage, JsonNode row) {
        reasonsAsked++;
        if (isReason(outage, row)) {
            reasonsRight++;
        } else {
            differences.add(server.name() + " reason " + reason(row) + " not " + outage.reasons() + " "
                    + row.get("started_at").asText());
        }
    }

    /** Whether a row's reason is what HAProxy showed; servers that track, and operators, give none of a check. */
    public static boolean isReason(Truth.Outage outage, JsonNode row) {
        return outage.reasons().stream().anyMatch(wanted -> same(wanted, reason(row)))
                || !row.get("via").isNull()
                || !row.get("reason_text").asText("").isEmpty()
                        && row.get("reason").isNull();
    }

    private static String reason(JsonNode row) {
        return row.get("reason").asText("") + " " + row.get("code").asText("");
    }

    /** Some versions show code 0 where the log has none, and none where it shows 0. */
    private static boolean same(String wanted, String reason) {
        String signed = wanted.replaceFirst(" " + UNSIGNED_MINUS_ONE + "$", " -1");
        return signed.replaceFirst(" 0$", " ").equals(reason.replaceFirst(" 0$", " "));
    }

    private JsonNode nearest(Truth.Outage outage, List<JsonNode> rows) {
        JsonNode best = null;
        double distance = tolerance;
        for (JsonNode row : rows) {
            double error = outage.start().distance(seconds(row, "started_at"));
            if (error <= distance && (best == null || error < distance)) {
                best = row;
                distance = error;
            }
        }
        return best;
    }

    private void compareStates(Truth.Server server, List<JsonNode> rows) {
        for (Truth.State state : server.states()) {
            double from = state.start().to() + tolerance;
            double to = state.end().from() - tolerance;
            for (JsonNode row : rows) {
                double rowFrom = seconds(row, "from_at");
                double rowTo = row.get("to_at").isNull() ? runEnded : seconds(row, "to_at");
                double overlap = Math.min(to, rowTo) - Math.max(from, rowFrom);
                if (overlap <= 0) {
                    continue;
                }
                String said = row.get("state").asText();
                if (said.equals("unknown")) {
                    unknown += overlap;
                } else if (!said.equals(state.state())) {
                    differences.add(server.name() + " state " + said + " not " + state.state()
                            + " for %.3f s from %s"
                                    .formatted(overlap, row.get("from_at").asText()));
                }
            }
        }
    }

    private void error(Truth.Moment moment, double time) {
        largestError = Math.max(largestError, moment.distance(time));
    }

    private void differ(Truth.Server server, String kind, JsonNode row) {
        differences.add(server.name() + " " + kind + " " + row.get("started_at").asText() + ".."
                + row.get("ended_at").asText() + " " + row.get("reason").asText());
    }

    private static Map<String, List<JsonNode>> byServer(List<JsonNode> rows) {
        return rows.stream().collect(Collectors.groupingBy(Comparison::name));
    }

    private static String name(JsonNode row) {
        return row.get("proxy").asText() + "/" + row.get("server").asText();
    }

    private static double seconds(JsonNode row, String column) {
        OffsetDateTime time = OffsetDateTime.parse(row.get(column).asText());
        return time.toEpochSecond() + time.getNano() / 1e9;
    }

    public List<String> differences() {
        return differences;
    }

    public Numbers numbers() {
        int logged =
                (int) servers.values().stream().filter(Truth.Server::logged).count();
        return new Numbers(
                1, logged, expected, found, largestError, reasonsRight, reasonsAsked, unknown, differences.size());
    }
}
