package io.risefall.query.warehouse.facts;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked of the private tables to seal days. Names come from the description, never from data. */
final class FactSql {
    private FactSql() {}

    /** Fingerprints by day: columns day, rows, sum. */
    static String fingerprints(FactTable table, LocalDate from, LocalDate before) {
        return "select day::varchar, count(*), sum(hash(f)::hugeint)::varchar from (select f, " + day("d.day_at")
                + " as day from " + dated(table) + " where " + within("d.day_at", from, before) + ") group by day";
    }

    /** The rows of a day, sorted; times as microseconds. */
    static String rows(FactTable table, LocalDate day) {
        return "select " + columns(table.columns(), FactSql::read) + " from " + dated(table) + " where "
                + within("d.day_at", day, day.plusDays(1)) + " order by "
                + table.order().stream().map(name -> "d.f." + quoted(name)).collect(Collectors.joining(", "));
    }

    /** A table for these rows in the file's own instance. */
    static String made(FactTable table) {
        return "create table rows (" + columns(table.columns(), column -> quoted(column.name()) + " " + column.type())
                + ")";
    }

    /** The rows {@code f} beside the moment whose day is theirs, {@code d.day_at}. */
    private static String dated(FactTable table) {
        String day = table.day();
        if (day != null) {
            return "(select f, f." + quoted(day) + " as day_at from store." + table.table() + " f) d";
        }
        return "(select f, o.day_at from store." + table.table() + " f join ("
                + table.dayOf().stream()
                        .map(name -> FactTables.v1().of(name))
                        .map(of -> "select record_key, " + quoted(String.valueOf(of.day())) + " as day_at from store."
                                + of.table())
                        .collect(Collectors.joining(" union all "))
                + ") o on o.record_key = f.record_key) d";
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

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
