package io.risefall.app.runtime;

import io.risefall.ingest.Ingest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first screen of {@code risefall run}: what it does, how to ask it, and what to write into haproxy.cfg.
 *
 * @param data where everything is kept
 * @param kafka the Kafka in use
 * @param tails files that are followed
 * @param listening where messages come in
 * @param web where queries are answered; null: nowhere
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
                + " is running; Ctrl-C ends it, and started again it goes on from there");
        lines.add("");
        tails.forEach(tail -> add(lines, "follows", tail));
        listening.forEach(open -> add(
                lines,
                "listens",
                Snippets.shown(open.address()) + " (" + open.source().protocol() + ")"));
        add(lines, "data", data);
        add(lines, "kafka", kafka);
        if (web != null) {
            add(lines, "answers", web);
        }
        String option = data.equals(Path.of("risefall-data").toAbsolutePath()) ? "" : " --data " + data;
        add(lines, "ask", "risefall report" + option);
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
