package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/views.md names every view, its questions can be asked, and its reference is what the comments in SQL say. */
class ViewsPageTest {
    private static final Path PAGE = Path.of("../docs/views.md");
    private static final String REFERENCE = "\n## Reference\n";

    @TempDir
    Path folder;

    private Warehouse warehouse;
    private Connection views;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        views = warehouse.read();
    }

    @AfterEach
    void close() throws SQLException {
        views.close();
        warehouse.close();
    }

    @Test
    void everyViewHasARow() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(views()).isNotEmpty().allSatisfy(view -> assertThat(page).contains("\n| `" + view + "` | "));
    }

    @Test
    void everyQuestionCanBeAsked() throws Exception {
        List<String> questions = Pattern.compile("(?s)```sql\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(questions).isNotEmpty();
        for (String question : questions) {
            assertThat(rows(question)).as(question).isEmpty();
        }
    }

    /** -Drisefall.goldens=accept writes it. */
    @Test
    void theReferenceIsWhatTheCommentsSay() throws Exception {
        StringBuilder made = new StringBuilder(REFERENCE);
        for (String view : views()) {
            made.append("\n### ").append(view).append("\n\n");
            made.append(
                    rows("select comment from duckdb_views() where schema_name = 'main' and view_name = '" + view + "'")
                            .get(0));
            made.append("\n\n| column | type | what it is |\n|---|---|---|\n");
            rows("select '| `' || column_name || '` | ' || replace(data_type, '\"', '') || ' | ' || replace(comment, '|', '\\|') || ' |' "
                            + "from duckdb_columns() where schema_name = 'main' and table_name = '" + view
                            + "' order by column_index")
                    .forEach(row -> made.append(row).append('\n'));
        }
        String page = Files.readString(PAGE);
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            page = page.replaceFirst("(?s)" + REFERENCE + ".*", "") + made;
            Files.writeString(PAGE, page);
        }
        assertThat(page.substring(page.indexOf(REFERENCE))).isEqualTo(made.toString());
    }

    private List<String> views() throws SQLException {
        return rows("select view_name from duckdb_views() where schema_name = 'main' and not internal order by 1");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = views.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
