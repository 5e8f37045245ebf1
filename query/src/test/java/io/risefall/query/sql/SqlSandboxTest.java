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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users' SQL can and cannot do, and how results look. */
class SqlSandboxTest {
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
    @MethodSource("io.risefall.query.sql.ForbiddenSql#all")
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

    /** What DuckDB's own limit does not see counts as well. */
    @Test
    void whatTakesTooMuchMemoryIsCancelled() {
        SqlSandbox tight = new SqlSandbox(warehouse::read, Duration.ofSeconds(30), 1 << 20);
        assertThatThrownBy(() -> tight.query(
                        "select count(distinct i) from range(1000000000) t(i)",
                        ResultFormat.CSV,
                        new ByteArrayOutputStream()))
                .isInstanceOf(QueryException.class)
                .hasMessage("cancelled: the running queries took more than the 1 MiB of memory that they share;"
                        + " select less at a time");
    }

    @Test
    void aTypingErrorNamesWhatIsNear() {
        assertThatThrownBy(() -> run("select servr from outages", ResultFormat.CSV))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("server");
    }

    /** In lines and characters of what was written, whatever stands around it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            selct 1                              | 1 | 1
            select 1 +                           | 1 | 10
            select servr from outages            | 1 | 8
            select node,¶  servr¶from outages    | 2 | 3
            select 'äö€😀', servr from outages   | 1 | 16
            select 1 as "ä¶b", 'x'¶ , concat('ä', nosuch) from outages | 3 | 16
            from outage                          | 1 | 6
            """)
    void whereItIsWrong(String sql, int line, int column) {
        assertThatThrownBy(() -> run(sql.replace("¶", "\n"), ResultFormat.CSV))
                .isInstanceOfSatisfying(QueryException.class, wrong -> {
                    assertThat(wrong.position()).isEqualTo(new SqlPosition(line, column));
                    assertThat(wrong).hasMessageEndingWith(" (line " + line + ", column " + column + ")");
                });
    }

    /** A place in the statement around it, or in a view, would lead astray. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; select 2",
                "delete from store.events",
                "select error('no') from range(3)",
                "select 1::date"
            })
    void whereNoPlaceIsKnownNoneIsNamed(String sql) {
        assertThatThrownBy(() -> run(sql, ResultFormat.CSV))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        wrong -> assertThat(wrong.position()).isNull());
    }

    @Test
    void firstRows() {
        ResultRows rows = rows(
                "select i as n, case when i = 1 then null else repeat('x', i) end as x from range(9) t(i)", 3, 100);
        assertThat(rows.columns()).containsExactly(new ResultRows.Column("n", true), new ResultRows.Column("x", false));
        assertThat(rows.rows()).containsExactly(List.of("0", ""), Arrays.asList("1", null), List.of("2", "xx"));
        assertThat(rows.isCut()).isTrue();
        assertThat(rows("from range(3)", 3, 100).isCut()).isFalse();
        assertThat(rows("select 1 as a, 2 as a where false", 3, 100).rows()).isEmpty();
    }

    @Test
    void firstRowsAreFewerWhereTheyAreLong() {
        ResultRows rows = rows("select repeat('x', 50) as a from range(9)", 5, 100);
        assertThat(rows.rows()).hasSize(5).first().isEqualTo(List.of("xxxxxxxxx…"));
        assertThat(rows("select repeat('x', 50) as a from range(9)", 5, 20).rows())
                .hasSize(2);
    }

    private static ResultRows rows(String sql, int most, int characters) {
        return sandbox.rows(SqlText.of(sql), new ResultRows.Limits(most, 10, characters), new Cancellation());
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
    void asNdjson() {
        assertThat(run(HOSTILE, ResultFormat.NDJSON)).isEqualTo("""
                        {"n":1,"text":"a|b","t":"2026-11-23T01:02:03.5+00:00","nothing":null,"flag":true}
                        {"n":22,"text":"\\u001B[31m<b>\\"","t":null,"nothing":"","flag":false}
                        """);
        assertThat(run("select 1 as n where false", ResultFormat.NDJSON)).isEmpty();
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

    /** What Java has no type for, or a smaller one, comes as DuckDB writes it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            timestamptz 'infinity'                | infinity
            timestamptz '-infinity'               | -infinity
            date 'infinity'                       | infinity
            timestamp '0044-03-15 (BC) 00:00:00'  | 0044-03-15 (BC) 00:00:00
            timestamp '2026-11-23 01:02:03'       | 2026-11-23 01:02:03
            time '24:00:00'                       | 24:00:00
            timetz '24:00:00-15:59:59'            | 24:00:00-15:59:59
            [1, null, 3]                          | "[1, NULL, 3]"
            {'a': [1], 'b': map {'k': date '2026-11-23'}} | "{'a': [1], 'b': {k=2026-11-23}}"
            '\\x00a'::blob                        | \\x00a
            interval 1 month                      | 1 month
            uuid '6b1b7dd2-1e0d-4b8f-b5a0-1a4dd9d8a1f3' | 6b1b7dd2-1e0d-4b8f-b5a0-1a4dd9d8a1f3
            170141183460469231731687303715884105727::hugeint | 170141183460469231731687303715884105727
            """)
    void aValueOfAnyType(String value, String text) {
        assertThat(run("select " + value + " as v", ResultFormat.CSV)).isEqualTo("v\n" + text + "\n");
    }

    @Test
    void sumsAreNumbers() {
        assertThat(run("select sum(i) as s from range(3) t(i)", ResultFormat.JSON))
                .isEqualTo("[\n{\"s\":3}\n]\n");
    }

    @Test
    void columnsOfAnyName() {
        assertThat(run("select 1 as \"a\"\"b, #2\", 2 as \"a\"\"b, #2\", 3 as \" \"", ResultFormat.CSV))
                .endsWith("\n1,2,3\n");
    }

    @Test
    void aValueOfManyMegabytesIsRefused() {
        assertThatThrownBy(() -> run("select repeat('x', 5000000) as v", ResultFormat.CSV))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("a value is longer than 4 MiB; select a part of it");
    }

    @Test
    void whatIsNotWantedAnyMoreEnds() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("cancelled: by a test");
        assertThatThrownBy(() -> sandbox.query(
                        SqlText.of("select count(*) from range(1000000) a, range(1000000) b, range(1000000) c"),
                        ResultLayout.of(ResultFormat.CSV),
                        new ByteArrayOutputStream(),
                        cancellation))
                .isInstanceOf(QueryException.class)
                .hasMessage("cancelled: by a test");
    }

    @Test
    void aTableThatIsWiderThanTheTerminalHasALinePerColumn() {
        String narrow = run(HOSTILE, new ResultLayout(ResultFormat.TABLE, 80));
        assertThat(narrow).isEqualTo(run(HOSTILE, ResultFormat.TABLE));
        assertThat(narrow.lines()).allMatch(line -> line.length() <= 80);
        String vertical = run(HOSTILE, new ResultLayout(ResultFormat.TABLE, 20));
        assertThat(vertical).isEqualTo(run(HOSTILE, ResultFormat.VERTICAL)).isEqualTo("""
                -- row 1 --
                n        1
                text     a|b
                t        2026-11-23T01:02:03.5+00:00
                nothing  -
                flag     true
                -- row 2 --
                n        22
                text     \\u{1b}[31m<b>"
                t        -
                nothing\s\s
                flag     false
                (2 rows)
                """);
        assertThat(run("select 'a long one' as name where false", new ResultLayout(ResultFormat.TABLE, 2)))
                .isEqualTo("name\n----\n(0 rows)\n");
    }

    @Test
    void onlyTheFirstRowsAreWrittenInTheOrderOfTheQuery() {
        ResultLayout two = ResultLayout.of(ResultFormat.CSV).first(2);
        assertThat(run("from range(5) order by 1 desc", two)).isEqualTo("range\n4\n3\n");
        assertThat(run("from range(5) limit 1 -- of mine", two)).isEqualTo("range\n0\n");
    }

    private String run(String sql, ResultFormat format) {
        return run(sql, ResultLayout.of(format));
    }

    private String run(String sql, ResultLayout layout) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sandbox.query(SqlText.of(sql), layout, out, new Cancellation());
        return out.toString(StandardCharsets.UTF_8);
    }
}
