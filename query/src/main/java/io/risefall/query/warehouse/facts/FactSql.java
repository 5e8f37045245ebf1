package io.risefall.query.warehouse.facts;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked of the private tables to seal days. Names come from the description, never from data. */
final class FactSql {
    /** How the names of tables begin whose rows leave. */
    static final String RECENT = "recent_";

    /** All rows are in the warehouse. */
    static final FactSql WHOLE = new FactSql(false);

    /** Some have left. */
    static final FactSql PARTED = new FactSql(true);

    private final boolean parted;

    private FactSql(boolean parted) {
        this.parted = parted;
    }

    /** The table that has the rows of the warehouse. */
    String stored(FactTable table) {
        return "store." + (parted && table.leaves() ? RECENT : "") + table.table();
    }

    /** Fingerprint of a day: columns rows, sum. */
    String fingerprint(FactTable table, LocalDate day) {
        return "select count(*), sum(hash(f)::hugeint)::varchar from " + dated(table) + " where " + on(day);
    }

    /** The rows of a day. */
    String rowsAsTheyAre(FactTable table, LocalDate day) {
        return "select " + columns(table.columns(), column -> "d.f." + quoted(column.name())) + " from " + dated(table)
                + " where " + on(day) + sorted(table);
    }

    /** Deletes the rows of a day. */
    String delete(FactTable table, LocalDate day) {
        String column = table.day();
        if (column != null) {
            return "delete from " + stored(table) + " where " + within(quoted(column), day, day.plusDays(1));
        }
        return "delete from " + stored(table) + " where record_key in (select record_key from (" + records(table)
                + ") d where " + on(day) + ")";
    }

    /** Fingerprints by day: columns day, rows, sum. */
    String fingerprints(FactTable table, LocalDate from, LocalDate before) {
        return "select day::varchar, count(*), sum(hash(f)::hugeint)::varchar from (select f, " + day("d.day_at")
                + " as day from " + dated(table) + " where " + within("d.day_at", from, before) + ") group by day";
    }

    /** The rows of a day, sorted; times as microseconds. */
    String rows(FactTable table, LocalDate day) {
        return "select " + columns(table.columns(), FactSql::read) + " from " + dated(table) + " where " + on(day)
                + sorted(table);
    }

    private static String sorted(FactTable table) {
        return " order by "
                + table.order().stream().map(name -> "d.f." + quoted(name)).collect(Collectors.joining(", "));
    }

    private static String on(LocalDate day) {
        return within("d.day_at", day, day.plusDays(1));
    }

    /** A table for these rows in the file's own instance. */
    static String made(FactTable table) {
        return "create table rows (" + columns(table.columns(), column -> quoted(column.name()) + " " + column.type())
                + ")";
    }

    /** The rows {@code f} beside the moment whose day is theirs, {@code d.day_at}. */
    private String dated(FactTable table) {
        String day = table.day();
        if (day != null) {
            return "(select f, f." + quoted(day) + " as day_at from " + stored(table) + " f) d";
        }
        return "(select f, o.day_at from " + stored(table) + " f join (" + records(table)
                + ") o on o.record_key = f.record_key) d";
    }

    /** The records whose day is that of a table's rows, and when it is. */
    private String records(FactTable table) {
        return table.dayOf().stream()
                .map(name -> FactTables.v1().of(name))
                .map(of -> "select record_key, " + quoted(String.valueOf(of.day())) + " as day_at from " + stored(of))
                .collect(Collectors.joining(" union all "));
    }

    private interface Part {
        String of(FactColumn column);
    }

    private static String columns(List<FactColumn> columns, Part part) {
        return columns.stream().map(part::of).collect(Collectors.joining(", "));
    }

    /** As {@link #rows} gives it. */
    private static String read(FactColumn column) {
        String value = "d.f." + quoted(column.name());
        return column.type().equals(FactFile.TIME) ? "epoch_us(" + value + ")" : value;
    }

    private static String day(String moment) {
        return "(" + moment + "::timestamptz at time zone 'UTC')::date";
    }

    private static String within(String moment, LocalDate from, LocalDate before) {
        return moment + " >= " + begin(from) + " and " + moment + " < " + begin(before);
    }

    private static String begin(LocalDate day) {
        return "'" + day + " 00:00:00+00'::timestamptz";
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }
}
