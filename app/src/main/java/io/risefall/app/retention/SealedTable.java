package io.risefall.app.retention;

import io.risefall.query.text.Counts;
import io.risefall.query.text.TextTable;
import io.risefall.query.warehouse.facts.FactTable;
import io.risefall.query.warehouse.facts.FactTables;
import io.risefall.query.warehouse.facts.SealedDay;
import io.risefall.query.warehouse.facts.SealedFile;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is sealed of one table, and what of it goes.
 *
 * @param goes how many of its days are older than is kept
 */
record SealedTable(FactTable table, int days, LocalDate oldest, LocalDate newest, long rows, long bytes, int goes) {
    private static final List<TextTable.Column> COLUMNS = List.of(
            column("table", false),
            column("days", true),
            column("oldest", false),
            column("newest", false),
            column("rows", true),
            column("KB", true),
            column("days that go", true));

    private static TextTable.Column column(String head, boolean right) {
        return new TextTable.Column(head, right, Integer.MAX_VALUE);
    }

    /** Those of which there is anything. */
    static List<SealedTable> of(List<SealedDay> days, List<KeptAge> kept, Instant now) {
        List<SealedTable> tables = new ArrayList<>();
        for (FactTable table : FactTables.v1().withDays()) {
            List<SealedDay> its =
                    days.stream().filter(day -> day.of(table).isPresent()).toList();
            if (!its.isEmpty()) {
                List<SealedFile> files = its.stream()
                        .map(day -> day.of(table))
                        .flatMap(Optional::stream)
                        .toList();
                long goes = kept.stream()
                        .filter(one -> one.table().equals(table))
                        .flatMap(one -> its.stream().filter(day -> day.day().isBefore(one.from(now))))
                        .distinct()
                        .count();
                tables.add(new SealedTable(
                        table,
                        its.size(),
                        its.get(0).day(),
                        its.get(its.size() - 1).day(),
                        files.stream().mapToLong(SealedFile::rows).sum(),
                        files.stream().mapToLong(SealedFile::bytes).sum(),
                        Math.toIntExact(goes)));
            }
        }
        return tables;
    }

    static void write(List<SealedTable> tables, Appendable out) throws IOException {
        List<List<String>> rows = tables.stream().map(SealedTable::cells).toList();
        TextTable text = new TextTable(COLUMNS, rows, TextTable.Rule.BY_COLUMN);
        text.head(out);
        for (List<String> row : rows) {
            text.row(row, out);
        }
    }

    private List<String> cells() {
        return List.of(
                table.table(),
                Counts.grouped(days),
                oldest.toString(),
                newest.toString(),
                Counts.grouped(rows),
                Counts.grouped((bytes + 1023) >> 10),
                goes == 0 ? "-" : Counts.grouped(goes));
    }
}
