package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.truth.compare.ExpectedDifferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/truth.md}: what the last truth test found. */
final class TruthPage {
    private static final String PAGE = "docs/truth.md";
    private static final String ROWS = "app/src/test/resources/truth/rows.tsv";

    private TruthPage() {}

    /**
     * Compares the page, and the row of each log in {@code rows.tsv}, with what was found; to accept that, run with
     * {@code -Drisefall.goldens=accept}. Rows of logs that did not run are taken from {@code rows.tsv}, so that the page is
     * always that of all logs.
     *
     * @param complete whether all logs ran, so that there are no other rows
     */
    static void check(TruthTable found, boolean complete, ExpectedDifferences expected) throws IOException {
        Path rows = find(ROWS);
        TruthTable all = complete ? found : found.or(TruthTable.read(Files.readString(rows)));
        String kept = all.kept();
        compare(rows, kept);
        compare(find(PAGE), text(TruthTable.read(kept), expected));
    }

    private static void compare(Path file, String made) throws IOException {
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.writeString(file, made);
        }
        assertThat(Files.readString(file)).as(file.toString()).isEqualTo(made);
    }

    private static String text(TruthTable table, ExpectedDifferences expected) {
        StringBuilder page = new StringBuilder("""
                # Compared with the truth

                `TruthTest` reads the logs of real HAProxies (2.0, 2.6 and 3.5-dev5, ten scenarios each) in every form in which they were
                written, each form by itself, and compares the views with HAProxy's own state: its statistics socket was read several
                times a second during each scenario. The test writes this page, and fails when a number here changes.

                An outage is found if its start is within 0.3 s of the moment that two samples bracket, 1.3 s for timestamps in whole
                seconds; its end and all other states must agree as closely. An error of 0 ms means: always between the two samples. The
                reason must be the check status and code that the statistics page showed. `unknown` is time, summed over servers, for
                which the log has no information: after reloads that keep no state, and before the first line about a server. It counts
                neither as UP nor as DOWN.

                Most forms are imported as files. `tcp-octet-count-rfc5424.log` is a stream of frames and goes over TCP to a listener.
                `stdout-raw`, `fd-short`, `fd-priority` and, since 2.1, stderr have no time: they are read in the form in which a
                container engine keeps them, with the time at which the same message arrived over UDP. Imported as they are, they would
                show what happened but not when: all their lines get the time of the import. `BareLinesTest` compares that much.

                `HaproxyTruthTest`, `HaproxyLiveTest` and `HaproxyRandomTest` do the same with the installed HAProxy: scripts of
                maintenance, drain, agents, DNS, reloads, crashes, dynamic servers, lost lines, several log targets, rotated files and a
                wrong zone, and random scripts from a seed. `expected-random.txt` lists what no line can show there.

                ## Scenarios

                """);
        page.append(table.byScenario());
        page.append("\n## Forms\n\n");
        page.append(table.byForm());
        page.append("""

                ## Differences

                All differences are listed in `expected-differences.txt` next to the test, each with the reason why that log cannot show it:

                """);
        expected.list().forEach(one -> page.append(words(one)));
        return page.toString();
    }

    private static String words(ExpectedDifferences.Expected one) {
        String[] parts = one.pattern().split(" ", 3);
        return "- " + plain(parts[0]) + ", `" + plain(parts[1]) + "`: " + one.why() + "\n";
    }

    /** A run or form as it stands in a pattern: {@code basic-(2\\.6|3\\.5-dev5)}. */
    private static String plain(String pattern) {
        return pattern.replaceAll("[\\\\()]", "").replace("|", " and ");
    }

    /** Tests run in their module's folder, or in the repository's. */
    private static Path find(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("docs"))) {
                return folder.resolve(path);
            }
        }
        throw new IllegalStateException("no docs above " + Path.of("").toAbsolutePath());
    }
}
