package io.risefall.query.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Budgets as rows for a spreadsheet, with the columns of the view {@code budget}. */
final class BudgetCsv {
    private static final List<String> HEAD = List.of(
            "kind",
            "node",
            "proxy",
            "server",
            "servers",
            "from_at",
            "to_at",
            "as_of",
            "allowed_ms",
            "spent_ms",
            "spent_low_ms",
            "spent_high_ms",
            "left_ms",
            "left",
            "left_low",
            "left_high",
            "for_some_ms",
            "maint_ms",
            "burn_1h",
            "burn_6h",
            "gone_at");

    private BudgetCsv() {}

    static List<List<String>> rows(List<BudgetRow> budgets) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        budgets.forEach(row -> rows.add(Stream.of(
                        row.kind(),
                        row.node(),
                        row.proxy(),
                        row.server(),
                        row.servers(),
                        row.fromAt(),
                        row.toAt(),
                        row.asOf(),
                        row.allowedMs(),
                        row.spentMs(),
                        row.spentLowMs(),
                        row.spentHighMs(),
                        row.leftMs(),
                        row.left(),
                        row.leftLow(),
                        row.leftHigh(),
                        row.forSomeMs(),
                        row.maintMs(),
                        row.burn1h(),
                        row.burn6h(),
                        row.goneAt())
                .map(cell -> cell == null ? "" : cell.toString())
                .toList()));
        return rows;
    }
}
