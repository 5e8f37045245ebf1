package io.risefall.app.truth;

import io.risefall.app.truth.compare.Numbers;
import io.risefall.app.truth.feed.LogForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The numbers of each log: as a table to print, as rows to keep in {@code truth/rows.tsv}, and summed up for
 * {@code docs/truth.md}.
 */
final class TruthTable {
    private static final String HEAD = "run\tform\tservers\toutages\tfound\tlargest error ms\tright reasons\treasons"
            + "\tunknown ms\tdifferences\n";

    private final Map<Log, Numbers> rows = new TreeMap<>();

    /** One form of one run. */
    private record Log(String run, String form) implements Comparable<Log> {
        @Override
        public int compareTo(Log other) {
            return Comparator.comparing(Log::run).thenComparing(Log::form).compare(this, other);
        }
    }

    void add(LogForm form, Numbers numbers) {
        rows.put(new Log(form.run().name(), form.form()), numbers);
    }

    /** Reads what {@link #kept} wrote. */
    static TruthTable read(String kept) {
        TruthTable table = new TruthTable();
        kept.lines().skip(1).map(line -> line.split("\t")).forEach(row -> {
            Numbers numbers = new Numbers(
                    1,
                    Integer.parseInt(row[2]),
                    Integer.parseInt(row[3]),
                    Integer.parseInt(row[4]),
                    Long.parseLong(row[5]) / 1000.0,
                    Integer.parseInt(row[6]),
                    Integer.parseInt(row[7]),
                    Long.parseLong(row[8]) / 1000.0,
                    Integer.parseInt(row[9]));
            table.rows.put(new Log(row[0], row[1]), numbers);
        });
        return table;
    }

    /** These rows, and those of {@code other} for all logs that this lacks. */
    TruthTable or(TruthTable other) {
        TruthTable both = new TruthTable();
        both.rows.putAll(other.rows);
        both.rows.putAll(rows);
        return both;
    }

    /** A row for each log, for a file; times in whole milliseconds. */
    String kept() {
        StringBuilder kept = new StringBuilder(HEAD);
        rows.forEach((log, numbers) -> kept.append(String.join(
                        "\t",
                        log.run(),
                        log.form(),
                        Integer.toString(numbers.servers()),
                        Integer.toString(numbers.expected()),
                        Integer.toString(numbers.found()),
                        Long.toString(Math.round(numbers.largestError() * 1000)),
                        Integer.toString(numbers.reasonsRight()),
                        Integer.toString(numbers.reasonsAsked()),
                        Long.toString(Math.round(numbers.unknown() * 1000)),
                        Integer.toString(numbers.differences())))
                .append('\n'));
        return kept.toString();
    }

    /** A row for each form of each run, for a terminal. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("%-22s %-28s %7s %8s %6s %8s %11s %9s %5s"
                .formatted("run", "form", "servers", "expected", "found", "error ms", "reasons", "unknown s", "diffs"));
        rows.forEach((log, numbers) -> lines.add("%-22s %-28s %7d %8d %6d %8.0f %5d/%-5d %9.1f %5d"
                .formatted(
                        log.run(),
                        log.form(),
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
        return markdown("scenario", log -> log.run().replaceFirst("-.*", ""));
    }

    String byForm() {
        return markdown("form", log -> "`" + log.form() + "`");
    }

    private String markdown(String of, Function<Log, String> name) {
        Map<String, Numbers> sums = new TreeMap<>();
        rows.forEach((log, numbers) -> sums.merge(name.apply(log), numbers, Numbers::plus));
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
