package io.risefall.query.contract;

import java.util.ArrayList;
import java.util.List;

/** The tables and views in the SQL of PostgreSQL 15 and later, made from the files for DuckDB: no view is written twice. */
final class PostgresViews {
    private final Macros macros = new Macros();

    /** The statements of a file, in its order; files in the order in which they build on each other. */
    List<String> statements(String duckDbSql) {
        List<String> statements = new ArrayList<>();
        for (List<Token> statement : Token.statements(duckDbSql)) {
            boolean ofMacro = statement.size() > 2
                    && statement.get(0).is("comment")
                    && statement.get(2).is("macro");
            if (!ofMacro && !macros.define(statement)) {
                List<Token> expanded = Macros.named(macros.expand(statement));
                List<Token> joined = DuckDbJoins.replace(NamedSubqueries.name(expanded));
                statements.add(Token.text(DuckDbWords.replace(joined)));
            }
        }
        return statements;
    }
}
