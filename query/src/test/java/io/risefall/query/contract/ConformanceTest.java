package io.risefall.query.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.sql.SqlFiles;
import io.risefall.schemas.suite.RealParts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every view says the same of the seeded facts in DuckDB and in PostgreSQL, but for those that PostgreSQL cannot make. */
@RealParts
@Timeout(120)
class ConformanceTest {
    private static final Path EXPECTED = Path.of("src/main/resources/io/risefall/query/contract/expected");

    @TempDir
    Path folder;

    /** -Drisefall.goldens=accept writes what is expected. */
    @Test
    void inDuckDb() throws Exception {
        Path warehouse = folder.resolve("w.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse)) {
            CheckedViews views = new CheckedViews(connection);
            views.make(Dialect.DUCKDB);
            SeededFacts.load(connection);
            for (String view : ContractViews.files().keySet()) {
                List<String> rows = views.rows(view);
                Path file = EXPECTED.resolve(view + ".csv");
                if ("accept".equals(System.getProperty("risefall.goldens"))) {
                    Files.write(file, rows);
                }
                assertThat(rows).as(file.toString()).isEqualTo(Files.readAllLines(file));
            }
        }
        assertItsFactsCanBeTaken(warehouse);
    }

    private void assertItsFactsCanBeTaken(Path warehouse) throws Exception {
        Path facts = folder.resolve("its facts");
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(new Conformance(out).run(List.of("facts", warehouse.toString(), facts.toString())))
                .isZero();
        assertThat(cells(Files.readString(facts.resolve("outages.csv"))))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(cells(SqlFiles.read("contract/facts/outages.csv")));
    }

    /** But for moments, which each writer prints in its own way. */
    private static List<String> cells(String csv) throws Exception {
        try (CSVParser rows = ContractCsv.PARSED.parse(new StringReader(csv))) {
            return rows.stream()
                    .map(row -> row.toMap().entrySet().stream()
                            .filter(cell -> !cell.getKey().endsWith("_at"))
                            .map(cell -> cell.getKey() + "=" + cell.getValue())
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .toList();
        }
    }

    @Test
    void inPostgreSql() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int exit = new Conformance(new PrintStream(said, true, StandardCharsets.UTF_8))
                    .run(List.of("check", server.url()));
            assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
            assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.endsWith(": as expected")))
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsExactly("notifications", "incidents", "alerts");
            assertWhatIsLeftOutCannotBeMade(server);
        }
    }

    private static void assertWhatIsLeftOutCannotBeMade(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = main, pg_catalog");
            CheckedViews views = new CheckedViews(connection);
            Map<String, List<String>> statements = Dialect.POSTGRESQL.statements();
            assertThat(SqlFiles.VIEWS).containsAll(LeftOut.FILES.keySet());
            for (String file : LeftOut.FILES.keySet()) {
                assertThatThrownBy(() -> views.make(statements.get(file)))
                        .as(file)
                        .isInstanceOf(SQLException.class);
            }
        }
    }
}
