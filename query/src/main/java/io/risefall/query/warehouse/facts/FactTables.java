package io.risefall.query.warehouse.facts;

import io.risefall.query.sql.SqlFiles;
import io.risefall.query.text.PrettyJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tables from which the views are made: {@code facts/v1.json}, which is frozen. Another column or another order is another
 * version, beside this one.
 *
 * @param version of the description
 * @param tables all of them
 */
public record FactTables(int version, List<FactTable> tables) {
    private static final String V1 = "facts/v1.json";

    /** Those whose rows leave the warehouse with their day. */
    static final List<FactTable> LEAVING =
            v1().withDays().stream().filter(FactTable::leaves).toList();

    public FactTables {
        tables = List.copyOf(tables);
    }

    /** The first version. */
    public static FactTables v1() {
        try {
            return PrettyJson.read(description().getBytes(StandardCharsets.UTF_8), FactTables.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + V1, e);
        }
    }

    /** Its text, for who reads the files without Risefall. */
    public static String description() {
        return SqlFiles.read(V1);
    }

    /** The table of that name. */
    FactTable of(String table) {
        return tables.stream()
                .filter(one -> one.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    /** Those whose rows belong to days. */
    public List<FactTable> withDays() {
        return tables.stream().filter(FactTable::hasDays).toList();
    }
}
