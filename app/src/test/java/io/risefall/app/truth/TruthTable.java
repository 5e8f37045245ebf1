package io.risefall.app.truth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The numbers of all forms of all runs: as a table to print, and summed up for {@code docs/truth.md}. */
final class TruthTable {
    private final Map<FedForm, Numbers> rows = new LinkedHashMap<>();

    void add(FedForm form, Numbers numbers) {
        rows.put(form, numbers);
    }

    /** A row for each form of each run, for a terminal. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("%-22s %-28s %7s %8s %6s %8s %11s %9s %5s"
                .formatted("run", "form", "servers", "expected", "found", "error ms", "reasons", "unknown s", "diffs"));
        rows.forEach((form, numbers) -> lines.add("%-22s %-28s %7d %8d %6d %8.0f %5d/%-5d %9.1f %5d"
                .formatted(
                        form.run().name(),
                        form.form(),
                        numbers.servers(),
                        numbers.expected(),
                        numbers.found(),
                        numbers.largestError() * 1000,
                        numbers.reasonsRight(),
                        numbers.reasonsAsked(),
                        numbers.unknown(),
                        numbers.differences())));
        return String.join("\n", lines);
    }

    String byScenario() {
        return markdown("scenario", form -> form.run().name().replaceFirst("-.*", ""));
    }

    String byForm() {
        return markdown("form", form -> "`" + form.form() + "`");
    }

    private String markdown(String of, Function<FedForm, String> name) {
        Map<String, Numbers> sums = new TreeMap<>();
        rows.forEach((form, numbers) -> sums.merge(name.apply(form), numbers, Numbers::plus));
        StringBuilder table = new StringBuilder("| " + of
                + " | logs | outages | found | largest error | right reasons | `unknown` | differences |\n"
                + "|---|---|---|---|---|---|---|---|\n");
        sums.forEach((key, sum) -> table.append(row(key, sum)));
        table.append(row("all", sums.values().stream().reduce(Numbers.NONE, Numbers::plus)));
        return table.toString();
    }

    private static String row(String name, Numbers sum) {
        return "| %s | %d | %d | %d | %.0f ms | %d of %d | %.1f s | %d |%n"
                .formatted(
                        name,
                        sum.logs(),
                        sum.expected(),
                        sum.found(),
                        sum.largestError() * 1000,
                        sum.reasonsRight(),
                        sum.reasonsAsked(),
                        sum.unknown(),
                        sum.differences());
    }
}
