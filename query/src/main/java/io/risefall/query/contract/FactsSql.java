package io.risefall.query.contract;

import io.risefall.query.warehouse.facts.FactColumn;
import io.risefall.query.warehouse.facts.FactTable;
import io.risefall.query.warehouse.facts.FactTables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The facts as empty tables of standard SQL, made from their frozen description. */
final class FactsSql {
    private FactsSql() {}

    /** Each table, and an index of the columns that tell its rows apart. */
    static List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (FactTable fact : FactTables.v1().tables()) {
            statements.add("create table store." + fact.table() + " ("
                    + fact.columns().stream().map(FactsSql::column).collect(Collectors.joining(", ")) + ");");
            if (!fact.rowId().isEmpty()) {
                statements.add("create index on store." + fact.table() + " ("
                        + fact.rowId().stream().map(FactsSql::quoted).collect(Collectors.joining(", ")) + ");");
            }
        }
        return statements;
    }

    private static String column(FactColumn column) {
        String type = column.type().equals("DOUBLE") ? "DOUBLE PRECISION" : column.type();
        return quoted(column.name()) + " " + type + (column.required() ? " not null" : "");
    }

    /** Some are words of SQL. */
    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
