package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyWarehouseTest {
    @TempDir
    private Path folder;

    private Path made;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        EmptyWarehouse.main(new String[] {folder.toString()});
        made = folder.resolve("empty.duckdb");
        file = folder.resolve("warehouse.duckdb");
    }

    @Test
    void aCopyIsAWarehouseWithViewsInTheZoneOfItsOwner() throws SQLException {
        EmptyWarehouse.copy(made, file);
        try (Warehouse warehouse = Warehouse.open(file, ZoneId.of("Europe/Berlin"));
                Connection connection = warehouse.read();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select zone, (select count(*) from events) from store.settings")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("Europe/Berlin");
            assertThat(rows.getLong(2)).isZero();
        }
    }

    @Test
    void aWarehouseThatIsThereIsNotReplacedAndNothingElseIsLeft() throws IOException {
        Files.writeString(file, "of another process");
        EmptyWarehouse.copy(made, file);
        assertThat(file).hasContent("of another process");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).containsExactlyInAnyOrderElementsOf(List.of(made, file));
        }
    }

    @Test
    void whereNoneWasMadeNothingIsCopied() throws IOException {
        Files.delete(made);
        EmptyWarehouse.copy(made, file);
        assertThat(folder).isEmptyDirectory();
    }
}
