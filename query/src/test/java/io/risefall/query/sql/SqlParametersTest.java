package io.risefall.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are bound to a user's SQL. */
class SqlParametersTest {
    @TempDir
    static Path folder;

    private static Warehouse warehouse;
    private static SqlSandbox sandbox;

    @BeforeAll
    static void open() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"));
        sandbox = new SqlSandbox(warehouse::read, Duration.ofSeconds(30));
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web1", "x' or '1' = '1", "'); drop table store.events; --", "$a", "?", "ü\\u00e4 \\n"})
    void aValueIsWhatItIs(String value) {
        assertThat(run("select $name = '" + value.replace("'", "''") + "' as same", Map.of("name", value)))
                .isEqualTo("same\ntrue\n");
    }

    @Test
    void aNameStandsForItsValueWhereverItIs() {
        assertThat(run("select $b || $a || $b as v, '$a' as text -- $c", Map.of("a", "1", "b", "2")))
                .isEqualTo("v,text\n212,$a\n");
        assertThat(run(
                        "with x as (select i from range(10) t(i) where i > $from) from x limit $most; -- done",
                        Map.of("from", "3", "most", "2")))
                .isEqualTo("i\n4\n5\n");
    }

    @Test
    void aValueIsComparedAsWhatItIsComparedWith() {
        String sql =
                "select count(*) as c from (values (timestamptz '2026-11-23 10:00:00+00')) t(moment) where moment >= $since";
        assertThat(run(sql, Map.of("since", "2026-11-23T10:00:00Z"))).isEqualTo("c\n1\n");
        assertThat(run(sql, Map.of("since", "2026-11-23T11:00:01+01:00"))).isEqualTo("c\n0\n");
        assertThat(run("select $n::int + 1 as n", Map.of("n", "41"))).isEqualTo("n\n42\n");
    }

    @Test
    void viewsCanBeAskedWithThem() {
        assertThat(run("select server, node from outages where proxy = $proxy", Map.of("proxy", "web")))
                .isEqualTo("server,node\n");
        assertThat(run("describe select $x as x", Map.of("x", "1"))).startsWith("column_name,column_type");
    }

    @Test
    void namesThatDoNotMatchAreNamed() {
        assertThatThrownBy(() -> run("select $a || $b", Map.of("a", "1")))
                .isInstanceOf(QueryException.class)
                .hasMessage("the query has the parameter $b, which has no value");
        assertThatThrownBy(() -> run("select $a || $b", Map.of("a", "1", "b", "2", "c", "3")))
                .isInstanceOf(QueryException.class)
                .hasMessage("the query has no parameter $c, only $a, $b");
        assertThatThrownBy(() -> run("select 1", Map.of("a", "1")))
                .isInstanceOf(QueryException.class)
                .hasMessage("the query has no parameter $a");
    }

    @Test
    void aValueThatCannotBeConvertedIsNamed() {
        assertThatThrownBy(() -> run("select $n::int as n", Map.of("n", "many")))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select $a) to '/tmp/risefall-test.csv'",
                "select $a from read_csv('/etc/passwd')",
                "select $a from '/etc/passwd'",
                "drop table store.events -- $a",
                "insert into store.version values ($a)",
                "select $a; drop table store.events",
                "select $a) t; drop table store.events; select * from (select 1",
                "with x as (delete from store.events returning *) select $a from x",
                "set variable x = $a",
                "prepare x as select $a",
                "selct $a"
            })
    void theyOpenNothing(String sql) {
        assertThatThrownBy(() -> run(sql, Map.of("a", "1")))
                .isInstanceOf(QueryException.class)
                .message()
                .doesNotContain("\n");
        assertThat(run("select count(*) as c from store.version where $a = '1'", Map.of("a", "1")))
                .isEqualTo("c\n1\n");
    }

    private static String run(String sql, Map<String, String> parameters) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sandbox.query(new SqlText(sql, parameters), ResultLayout.of(ResultFormat.CSV), out, new Cancellation());
        return out.toString(StandardCharsets.UTF_8);
    }
}
