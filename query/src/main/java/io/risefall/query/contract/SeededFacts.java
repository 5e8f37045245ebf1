package io.risefall.query.contract;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.facts.FactTable;
import io.risefall.query.warehouse.facts.FactTables;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of the facts, as the pipeline has made them of logs of real HAProxy and of a made-up one. */
final class SeededFacts {
    private SeededFacts() {}

    /** Into tables that are there and empty. Columns that the rows do not have stay null. */
    static void load(Connection connection) throws SQLException, IOException {
        connection.setAutoCommit(false);
        for (FactTable fact : FactTables.v1().tables()) {
            String table = fact.table();
            Optional<String> rows = SqlFiles.find("contract/facts/" + table + ".csv");
            if (rows.isPresent()) {
                try (CSVParser parser = ContractCsv.PARSED.parse(new StringReader(rows.get()))) {
                    load(connection, table, parser);
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void load(Connection connection, String table, CSVParser rows) throws SQLException {
        List<String> columns = rows.getHeaderNames();
        Map<String, String> types = types(connection, table);
        String names = columns.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        String values = columns.stream()
                .map(name -> "cast(? as " + types.get(name) + ")")
                .collect(Collectors.joining(", "));
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into store." + table + " (" + names + ") values (" + values + ")")) {
            for (CSVRecord row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    insert.setString(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Map<String, String> types(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from store." + table + " where 1 = 0")) {
            ResultSetMetaData columns = none.getMetaData();
            Map<String, String> types = new HashMap<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                types.put(columns.getColumnLabel(column), columns.getColumnTypeName(column));
            }
            return types;
        }
    }
}
