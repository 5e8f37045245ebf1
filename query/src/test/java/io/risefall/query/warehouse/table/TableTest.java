package io.risefall.query.warehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.SqlFiles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableTest {
    private static final String COLUMNS = "select column_name || ' ' || data_type || case when is_nullable then '' else"
            + " ' NOT NULL' end from duckdb_columns() where schema_name = 'store' and table_name = '%s'"
            + " order by column_index";

    /** The appender writes by position: a column in another place would take another's values. */
    @ParameterizedTest
    @EnumSource
    void hasTheColumnsThatTheFileMakes(Table table) throws Exception {
        List<String> made = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            SqlFiles.run(connection, SqlFiles.TABLES);
            try (ResultSet columns = statement.executeQuery(COLUMNS.formatted(table.table()))) {
                while (columns.next()) {
                    made.add(columns.getString(1));
                }
            }
        }
        assertThat(table.definitions()).isEqualTo(made);
    }
}
