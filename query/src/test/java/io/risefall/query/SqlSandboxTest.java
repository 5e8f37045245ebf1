package io.risefall.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users' SQL can and cannot do, and how results look. */
class SqlSandboxTest {
    @TempDir
    Path folder;

    private Warehouse warehouse;
    private SqlSandbox sandbox;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"));
        sandbox = new SqlSandbox(warehouse::read, Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "with x as (select 1) select * from x",
                "from servers",
                "values (1), (2)",
                "select count(*) from outages; -- done",
                "describe outages",
                "summarize states",
                "show tables"
            })
    void allowed(String sql) {
        assertThat(run(sql, ResultFormat.CSV)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy servers to '/tmp/risefall-test.csv'",
                "select * from read_csv('/etc/passwd')",
                "select * from '/etc/passwd'",
                "select * from read_text('/etc/passwd')",
                "select * from glob('/*')",
                "attach '/tmp/risefall-test.db'",
                "attach ':memory:' as m",
                "install httpfs",
                "load httpfs",
                "set memory_limit = '9GB'",
                "pragma version",
                "call pragma_version()",
                "drop table store.events",
                "drop view servers",
                "insert into store.version values (9)",
                "delete from store.events",
                "create table t (i int)",
                "select 1; drop table store.events",
                "with x as (delete from store.events returning *) select * from x",
                "select * from query('drop table store.events')",
                "checkpoint",
                "export database '/tmp/risefall-test'"
            })
    void forbidden(String sql) {
        assertThatThrownBy(() -> run(sql, ResultFormat.CSV))
                .isInstanceOf(QueryException.class)
                .message()
                .doesNotContain("\n");
        assertThat(run("select count(*) as c from store.version", ResultFormat.CSV))
                .isEqualTo("c\n1\n");
    }

    @Test
    void anEndlessQueryIsCancelled() {
        SqlSandbox hasty = new SqlSandbox(warehouse::read, Duration.ofSeconds(1));
        assertThatThrownBy(() -> hasty.query(
                        "select count(*) from range(100000) a, range(100000) b, range(100000) c where a.range + b.range = c.range",
                        ResultFormat.CSV,
                        new ByteArrayOutputStream()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("longer than 1 s");
    }

    @Test
    void aTypingErrorNamesWhatIsNear() {
        assertThatThrownBy(() -> run("select servr from outages", ResultFormat.CSV))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("server");
    }

    private static final String HOSTILE = """
            select 1 as n, 'a|b' as text, timestamptz '2026-11-23 01:02:03.5+00' as t, null::varchar as nothing,
                true as flag
            union all
            select 22, chr(27) || '[31m<b>"', null, '', false
            order by n
            """;

    @Test
    void asTable() {
        assertThat(run(HOSTILE, ResultFormat.TABLE)).isEqualTo("""
                         n  text            t                            nothing  flag
                        --  --------------  ---------------------------  -------  -----
                         1  a|b             2026-11-23T01:02:03.5+00:00  -        true
                        22  \\u{1b}[31m<b>"  -                                     false
                        (2 rows)
                        """);
    }

    @Test
    void asCsv() {
        assertThat(run(HOSTILE, ResultFormat.CSV))
                .isEqualTo(
                        "n,text,t,nothing,flag\n1,a|b,2026-11-23T01:02:03.5+00:00,,true\n22,\"\u001b[31m<b>\"\"\",,,false\n");
    }

    @Test
    void asJson() {
        assertThat(run(HOSTILE, ResultFormat.JSON)).isEqualTo("""
                        [
                        {"n":1,"text":"a|b","t":"2026-11-23T01:02:03.5+00:00","nothing":null,"flag":true}
                        ,{"n":22,"text":"\\u001B[31m<b>\\"","t":null,"nothing":"","flag":false}
                        ]
                        """);
        assertThat(run("select 'nan'::double as a, 1e30::double as b", ResultFormat.JSON))
                .isEqualTo("[\n{\"a\":null,\"b\":1.0E30}\n]\n");
    }

    @Test
    void asMarkdown() {
        assertThat(run(HOSTILE, ResultFormat.MARKDOWN)).isEqualTo("""
                        | n | text | t | nothing | flag |
                        | ---: | --- | --- | --- | --- |
                        | 1 | a\\|b | 2026-11-23T01:02:03.5+00:00 | - | true |
                        | 22 | \\\\u{1b}\\[31m\\<b\\>" | - |  | false |
                        """);
    }

    private String run(String sql, ResultFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sandbox.query(sql, format, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
