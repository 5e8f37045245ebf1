package io.risefall.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select ';",
                "select 'it''s;",
                "select \"a;",
                "select 1 -- ;",
                "select 1 /* ;",
                "/* only a comment",
                "select $$;",
                "select $a$ ; $$ ;",
                "select e'\\';",
                "select 1; select 2"
            })
    void thereIsMoreToCome(String text) {
        assertThat(SqlScan.of(text).rest()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "-- nothing",
                "/* nothing */",
                ";",
                "select 1;",
                "select 1; -- done",
                "select 1;/* */\n"
            })
    void nothingMoreComes(String text) {
        assertThat(SqlScan.of(text).rest()).isEmpty();
    }

    @Test
    void statementsEndAtTheirSemicolons() {
        assertThat(SqlScan.of(
                                "select ';' as \";\"; select $$;$$ /* ; */;\n-- ;\nselect e'\\';' ;; from t where x = $a; x")
                        .all())
                .isEqualTo(List.of(
                        "select ';' as \";\"",
                        "select $$;$$ /* ; */",
                        "-- ;\nselect e'\\';'",
                        "from t where x = $a",
                        "x"));
    }
}
