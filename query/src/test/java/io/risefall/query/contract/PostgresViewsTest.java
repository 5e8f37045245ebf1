package io.risefall.query.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.SqlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How views for DuckDB become views for PostgreSQL, word by word. */
class PostgresViewsTest {
    private final PostgresViews views = new PostgresViews();

    @Test
    void macrosAreWrittenOut() {
        assertThat(views.statements("""
            -- Which?
            create macro store.of(chosen, zone) as table
            with cut as (select zone as zone) select cut.zone, t at time zone zone from query_table(chosen), cut;
            create macro patterns() as (select 'a');
            create view v as select * from store.of('store.own', patterns()) x;
            comment on macro table of is 'no';
            """)).containsExactly("""
                create view v as select * from (
                with cut as (select ( ( (select 'a'))) as zone) select cut.zone, t at time zone ( ( (select 'a'))) from store.own, cut) x;\
                """);
    }

    @Test
    void joinsOfDuckDbBecomeLateralOnes() {
        assertThat(postgres("select a.* from a semi join b on b.x = a.x where a.y"))
                .isEqualTo("select a.* from a join lateral (select from b where b.x = a.x limit 1) semi_1 on true where"
                        + " a.y;");
        assertThat(postgres("select a.* from a anti join (select x from b) n on n.x = a.x group by a.y"))
                .isEqualTo("select a.* from a join lateral (select where not exists"
                        + " (select from (select x from b) n where n.x = a.x)) anti_1 on true group by a.y;");
        assertThat(postgres("select * from a asof left join b c on c.x = a.x and a.t >= c.t"))
                .isEqualTo("select * from a left join lateral (select * from b c where c.x = a.x and a.t >= c.t"
                        + " order by c.t desc limit 1) c on true;");
        assertThat(postgres("select * from a asof join b on b.x = a.x and a.t < b.t"))
                .isEqualTo("select * from a join lateral (select * from b where b.x = a.x and a.t < b.t"
                        + " order by b.t limit 1) b on true;");
    }

    @Test
    void wordsAreReplacedWhereTheyStand() {
        assertThat(postgres("select arg_max(x, (t, y)) filter (where z), n::double / 2, t + interval 1 day, name"
                        + " glob p from a"))
                .isEqualTo(
                        "select first_known(x order by (t, y) desc nulls last) filter (where z), n::double precision /"
                                + " 2, t + interval '1 day', name ~~~ p from a;");
        assertThat(postgres("select last_value(x ignore nulls) over w, try_cast(x as integer), coalesce(list(x),"
                        + " []), l[1] from a"))
                .isEqualTo("select last_known(x) over w, try_integer(x), coalesce(array_agg(x), '{}'), l[1] from a;");
    }

    @Test
    void subqueriesHaveNames() {
        assertThat(postgres("select * from (select 1), (select 2) b join (select 3) using (x) where x in (select 4)"))
                .isEqualTo("select * from (select 1) unnamed_1, (select 2) b join (select 3) unnamed_2 using (x)"
                        + " where x in (select 4);");
    }

    /** What a writer of another engine's views has to know. */
    @Test
    void thePageHasEveryWord() throws Exception {
        List<String> words = new ArrayList<>(DuckDbWords.CALLS.keySet());
        words.addAll(DuckDbWords.WORDS.keySet());
        Pattern.compile("create (?:or replace )?function (\\w+)|create aggregate (median|any_value)|create operator"
                        + " (\\S+)")
                .matcher(SqlFiles.read(Dialect.FUNCTIONS))
                .results()
                .filter(made -> made.group(1) == null || !OWN.contains(made.group(1)))
                .forEach(made -> words.add(made.group().replaceFirst(".* ", "")));
        String page = Files.readString(Path.of("../docs/engines.md"));
        assertThat(words)
                .hasSizeGreaterThan(20)
                .allSatisfy(word ->
                        assertThat(page).containsPattern("`[^`\n]*(?<!\\w)" + Pattern.quote(word) + "(?!\\w)[^`\n]*`"));
        List<String> files = List.copyOf(ContractViews.files().values());
        assertThat(page)
                .contains("of " + files.size() + " views, "
                        + files.stream().filter(Dialect.POSTGRESQL::makes).count() + " are made");
        assertThat(LeftOut.FILES.keySet()).allSatisfy(file -> assertThat(page).contains("`" + view(file) + "`"));
    }

    /** Functions of which the others are made. */
    private static final List<String> OWN =
            List.of("series", "try_integer", "is_glob", "whole_quotient", "first_of_two", "last_of_two", "middle");

    private static String view(String file) {
        return file.replaceAll(".*/|\\.sql", "");
    }

    private String postgres(String select) {
        return views.statements(select + ";").get(0);
    }
}
