package io.risefall.app.runtime;

import io.risefall.ingest.Ingest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first screen of {@code risefall run}: sources, data, how to query, and what to add to haproxy.cfg.
 *
 * @param data the data directory
 * @param kafka the Kafka in use
 * @param tails followed files
 * @param listening open network sources
 * @param web address for queries; null: none
 */
public record Welcome(
        Path data,
        String kafka,
        List<String> tails,
        List<Ingest.Open> listening,
        @Nullable String web) {

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("risefall " + Version.number()
                + " is running (press Ctrl-C to stop). The next start continues where this one stops.");
        lines.add("");
        tails.forEach(tail -> add(lines, "following", tail));
        listening.forEach(open -> add(
                lines,
                "listening",
                Snippets.shown(open.address()) + " (" + open.source().protocol() + ")"));
        add(lines, "data", data);
        add(lines, "kafka", kafka);
        if (web != null) {
            add(lines, "page", "http://" + web + "/");
        }
        String option = data.equals(Path.of("risefall-data").toAbsolutePath()) ? "" : " --data " + data;
        add(lines, "try", "risefall report" + option);
        add(lines, "", "risefall query" + option + " \"FROM outages ORDER BY started_at DESC\"");
        listening.stream()
                .flatMap(open -> Snippets.of(open.source(), open.address()).stream())
                .findFirst()
                .ifPresent(snippet -> {
                    lines.add("");
                    lines.add("To send HAProxy's log here (other ways: risefall ingest --help):");
                    snippet.lines().forEach(line -> lines.add("    " + line));
                });
        return lines;
    }

    private static void add(List<String> lines, String what, Object value) {
        lines.add(String.format("  %-9s %s", what, value));
    }
}
