package io.risefall.query.warehouse.facts;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** What moves rows between the warehouse and the file of the past, and reads both as one. Names come from the description, never from data. */
final class PastSql {
    private static final String VISIBLE = "select day from store.left_days where state = 'left' and table_name = ";

    private PastSql() {}

    /** The table has another name; what reads it gets rows of the past as well. */
    static List<String> part(FactTable table) {
        return List.of(
                "alter table store." + table.table() + " rename to " + FactSql.RECENT + table.table(),
                "create view store." + table.table() + " as select " + columns(table) + " from " + recent(table)
                        + " union all select " + columns(table) + " from " + past(table) + " where left_day in ("
                        + visible(table) + ")");
    }

    /** The table has its name again. */
    static List<String> unite(FactTable table) {
        return List.of(
                "drop view store." + table.table(),
                "alter table store." + FactSql.RECENT + table.table() + " rename to " + table.table());
    }

    static String make(FactTable table) {
        return "create table if not exists " + past(table) + " ("
                + table.columns().stream()
                        .map(column -> FactSql.quoted(column.name()) + " " + column.type() + ", ")
                        .collect(Collectors.joining())
                + "left_day date)";
    }

    static String forget(FactTable table, LocalDate day) {
        return "delete from " + past(table) + " where left_day = " + date(day);
    }

    /** Takes the rows of a day from the warehouse. */
    static String take(FactTable table, LocalDate day) {
        return "insert into " + past(table) + " select *, " + date(day) + " from ("
                + FactSql.PARTED.rowsAsTheyAre(table, day) + ")";
    }

    /**
     * Takes them from a file: its path is the parameter.
     *
     * @param changed not those of keys that were written while nobody could read it
     */
    static String read(FactTable table, LocalDate day, boolean changed) {
        String rows = "insert into " + past(table) + " select " + columns(table) + ", " + date(day)
                + " from read_parquet(?, hive_partitioning = false)";
        return changed && table.isKeyed()
                ? rows + " where record_key not in (select record_key from store.left_changes where table_name = '"
                        + table.table() + "')"
                : rows;
    }

    /** Rows of days come back to the warehouse. */
    static String bringBack(FactTable table, List<LocalDate> days) {
        return "insert into " + recent(table) + " (" + columns(table) + ") select " + columns(table) + " from "
                + past(table) + " where left_day in (" + visible(table) + " and day in (" + dates(days) + "))";
    }

    static String stay(List<LocalDate> days) {
        return "delete from store.left_days where state = 'left' and day in (" + dates(days) + ")";
    }

    /** Fingerprint of the rows of a day in the past: columns rows, sum. */
    static String fingerprint(FactTable table, LocalDate day) {
        return "select count(*), sum(hash(f)::hugeint)::varchar from (select " + columns(table) + " from " + past(table)
                + " where left_day = " + date(day) + ") f";
    }

    /**
     * In which days of the past are rows of keys in {@code stage_keys} that the warehouse does not have? Where it has all that are old enough,
     * as of states that lasted for long, the past is not looked at.
     *
     * @param before of what began at this time or later nothing has left, in microseconds
     */
    static String daysOfKeys(FactTable table, long before) {
        return "select distinct p.left_day from " + past(table)
                + " p semi join (select s.record_key from stage_keys s anti join "
                + recent(table) + " r on r.record_key = s.record_key"
                + " where coalesce(try_cast(string_split(s.record_key, '/')[-1] as bigint), 0) < " + before
                + ") missing on missing.record_key = p.record_key where p.left_day in (" + visible(table) + ")";
    }

    /** Remembers the keys in {@code stage_keys} that may be in files which cannot be read. */
    static String remember(FactTable table) {
        return "insert into store.left_changes select distinct '" + table.table()
                + "', record_key from stage_keys where record_key not in (select record_key from " + recent(table)
                + ")";
    }

    private static String visible(FactTable table) {
        return VISIBLE + "'" + table.table() + "'";
    }

    private static String recent(FactTable table) {
        return FactSql.PARTED.stored(table);
    }

    private static String past(FactTable table) {
        return "past.store." + table.table();
    }

    private static String columns(FactTable table) {
        return table.columns().stream()
                .map(column -> FactSql.quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    private static String dates(List<LocalDate> days) {
        return days.stream().map(PastSql::date).collect(Collectors.joining(", "));
    }

    private static String date(LocalDate day) {
        return "'" + day + "'::date";
    }
}
