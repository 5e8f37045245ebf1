package io.risefall.query.leader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows of what people are told, as others learn of them: by a key, such as {@code notifications/4f0c-1}, its rows as a JSON list of
 * objects. Has no state.
 */
final class ToldRows {
    /** Which column of a row is in its key. */
    private static final Map<String, String> ID = Map.of(
            "alerts",
            "alert_id",
            "alert_messages",
            "alert_id",
            "notifications",
            "delivery_id",
            "schedules",
            "report",
            "scheduled_reports",
            "report");

    /** A text of an alert of many thousand servers is longer than Jackson takes by itself. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private static final SqlQuery KEYS = new SqlQuery("leader/keys.sql");
    private static final SqlQuery ROWS = new SqlQuery("leader/rows.sql");
    private static final Map<String, SqlQuery> FORGET = queries("forget");
    private static final Map<String, SqlQuery> PUT = queries("put");

    private ToldRows() {}

    private static Map<String, SqlQuery> queries(String what) {
        Map<String, SqlQuery> queries = new TreeMap<>();
        for (String table : ID.keySet()) {
            queries.put(table, new SqlQuery("leader/" + what + "_" + table + ".sql"));
        }
        return queries;
    }

    /** Of all rows. */
    static Set<String> keys(Connection warehouse) throws SQLException {
        return new HashSet<>(KEYS.query(warehouse, row -> row.text("key")));
    }

    /** Whether it is a key of rows that this build knows. */
    static boolean isKey(String key) {
        return PUT.containsKey(table(key));
    }

    /** The rows of a key; empty: it has none. */
    static Optional<String> rows(Connection warehouse, String key) throws SQLException {
        return ROWS.query(warehouse, row -> Optional.ofNullable(row.textOrNull("told")), table(key), of(key)).stream()
                .findFirst()
                .flatMap(told -> told);
    }

    /** Why no leader writes this value for this key; empty: one may have. What a table cannot have is still found by {@link #put} only. */
    static Optional<String> problem(String key, String rows) {
        JsonNode list;
        try {
            list = JSON.readTree(rows);
        } catch (JsonProcessingException e) {
            return Optional.of("the value of " + key + " is no JSON");
        }
        if (!list.isArray() || list.isEmpty()) {
            return Optional.of("the value of " + key + " is no list of rows");
        }
        for (JsonNode row : list) {
            if (!row.path(ID.getOrDefault(table(key), "")).asText("").equals(of(key))) {
                return Optional.of("the value of " + key + " has rows of another key, or none");
            }
        }
        return Optional.empty();
    }

    /** Makes the rows of these keys what the values say. */
    static void put(Connection warehouse, Map<String, Optional<String>> values) throws SQLException {
        Map<String, Map<String, Optional<String>>> byTable = new TreeMap<>();
        values.forEach((key, rows) ->
                byTable.computeIfAbsent(table(key), any -> new TreeMap<>()).put(of(key), rows));
        for (Map.Entry<String, Map<String, Optional<String>>> table : byTable.entrySet()) {
            SqlQuery forget = FORGET.get(table.getKey());
            SqlQuery put = PUT.get(table.getKey());
            if (forget != null && put != null) {
                forget.change(warehouse, List.copyOf(table.getValue().keySet()));
                put.change(
                        warehouse,
                        table.getValue().values().stream()
                                .flatMap(Optional::stream)
                                .toList());
            }
        }
    }

    private static String table(String key) {
        return key.substring(0, Math.max(0, key.indexOf('/')));
    }

    private static String of(String key) {
        return key.substring(key.indexOf('/') + 1);
    }
}
