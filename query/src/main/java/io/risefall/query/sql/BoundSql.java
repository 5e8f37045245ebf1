package io.risefall.query.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A user's SELECT as it stands after FROM, and the values that are bound to it. Without parameters it is the argument of DuckDB's
 * {@code query}, which takes nothing but one SELECT. That function knows no parameters, and JDBC no names: with parameters, DuckDB's
 * parser makes a tree of the text, which only a SELECT has, the names in the tree become numbers, and DuckDB prints it again. A
 * value never becomes a part of the text.
 */
record BoundSql(String from, List<String> values) {
    BoundSql {
        values = List.copyOf(values);
    }

    static BoundSql of(Connection connection, SqlText sql) throws SQLException {
        if (sql.parameters().isEmpty()) {
            return whole(sql);
        }
        try {
            JsonNode tree = new ObjectMapper().readTree(ask(connection, "select json_serialize_sql(?)", sql.text()));
            if (tree.path("error").asBoolean()) {
                String why = tree.path("error_message").asText();
                throw new QueryException(
                        tree.path("error_type").asText().equals("not implemented")
                                ? "with parameters, only a SELECT can be answered"
                                : "Parser Error: " + why.lines().findFirst().orElse(why));
            }
            if (tree.path("statements").size() != 1) {
                return whole(sql); // DuckDB says what is wrong with that
            }
            List<String> names = names(tree, sql.parameters());
            number(tree, names);
            String text = ask(connection, "select json_deserialize_sql(?)", tree.toString());
            return new BoundSql(
                    "(" + text + ")", names.stream().map(sql.parameters()::get).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DuckDB writes JSON", e);
        }
    }

    private static BoundSql whole(SqlText sql) {
        return new BoundSql("query(?)", List.of(sql.text()));
    }

    private static String ask(Connection connection, String question, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, argument);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }

    /** The names in the query, which must be those that are given. */
    private static List<String> names(JsonNode tree, Map<String, String> given) {
        TreeSet<String> used = new TreeSet<>();
        tree.findValues("named_param_map")
                .forEach(map -> map.forEach(entry -> used.add(entry.path("key").asText())));
        for (String name : used) {
            if (!given.containsKey(name)) {
                throw new QueryException("the query has the parameter $" + name + ", which has no value");
            }
        }
        for (String name : new TreeMap<>(given).keySet()) {
            if (!used.contains(name)) {
                throw new QueryException("the query has no parameter $" + name
                        + (used.isEmpty() ? "" : ", only $" + String.join(", $", used)));
            }
        }
        return new ArrayList<>(used);
    }

    private static void number(JsonNode node, List<String> names) {
        if (node instanceof ObjectNode object) {
            if (object.path("class").asText().equals("PARAMETER")) {
                rename(object, "identifier", names);
            }
            object.path("named_param_map").forEach(entry -> rename((ObjectNode) entry, "key", names));
        }
        node.forEach(child -> number(child, names));
    }

    private static void rename(ObjectNode object, String field, List<String> names) {
        object.put(field, Integer.toString(names.indexOf(object.path(field).asText()) + 1));
    }
}
