package io.risefall.query.warehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.risefall.query.sql.SqlFiles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The frozen description of the facts agrees with the tables of today. */
class FactTablesTest {
    /** What the views do not read, or only for alerts and reports that are sent: nobody else's history. */
    private static final List<String> PRIVATE = List.of(
            "alert_messages",
            "alerts",
            "check_spans",
            "host_copies",
            "made_from",
            "notifications",
            "offsets",
            "origins",
            "left_changes",
            "left_days",
            "scheduled_reports",
            "schedules",
            "version");

    private static final String COLUMNS =
            "select table_name, column_name, data_type, not is_nullable from duckdb_columns()"
                    + " where schema_name = 'store' order by table_name, column_index";

    private final FactTables facts = FactTables.v1();

    @Test
    void sayOfEveryTableWhetherItIsOneAndWhatItsColumnsAre() throws Exception {
        Map<String, List<FactColumn>> made = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            SqlFiles.run(connection, SqlFiles.TABLES);
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    made.computeIfAbsent(rows.getString(1), any -> new ArrayList<>())
                            .add(new FactColumn(rows.getString(2), rows.getString(3), rows.getBoolean(4)));
                }
            }
        }
        assertThat(made.keySet()).containsAll(PRIVATE);
        PRIVATE.forEach(made::remove);
        Map<String, List<FactColumn>> described = new TreeMap<>();
        facts.tables().forEach(fact -> described.put(fact.table(), fact.columns()));
        assertThat(described).isEqualTo(made);
    }

    @Test
    void nameOnlyColumnsThatTheyHaveForDayOrderAndRow() {
        for (FactTable fact : facts.tables()) {
            List<String> columns = fact.columns().stream().map(FactColumn::name).toList();
            assertThat(columns).as(fact.table()).containsAll(fact.order()).containsAll(fact.rowId());
            assertThat(new TreeSet<>(fact.order())).as(fact.table()).containsAll(fact.rowId());
            assertThat(fact.hasDays()).as(fact.table()).isEqualTo(fact.kind() != FactTable.Kind.CURRENT);
            if (fact.day() != null) {
                assertThat(fact.order()).as(fact.table()).startsWith(fact.day());
            }
        }
    }

    @Test
    void takeTheDayOfEvidenceFromItsRecord() {
        assertThat(facts.withDays())
                .filteredOn(fact -> fact.day() == null)
                .extracting(FactTable::table, FactTable::dayOf)
                .containsExactly(tuple("evidence", List.of("states", "outages", "backend_outages", "rollups")));
    }
}
