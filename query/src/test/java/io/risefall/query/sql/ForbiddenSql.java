package io.risefall.query.sql;

import java.util.stream.Stream;

/** What nobody's SQL may do, whichever way it comes. */
public final class ForbiddenSql {
    private ForbiddenSql() {}

    public static Stream<String> all() {
        return Stream.of(
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
                "export database '/tmp/risefall-test'");
    }
}
