package io.risefall.app.truth.script;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.app.truth.compare.Truth;
import io.risefall.app.truth.haproxy.Stage;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A scripted run that is over.
 *
 * @param truth HAProxy's own account
 * @param precise its log with fractions of seconds and the zone, the files in order of time
 * @param local the same in HAProxy's default form: whole seconds, no year, no zone
 * @param output what HAProxy printed, each line with the time at which it was read: the words of its master too
 * @param lost lines that were left out of {@code precise} on purpose
 * @param steps what was done, where the script does not say it
 */
public record ScriptRun(
        String name,
        JsonNode truth,
        List<Path> precise,
        List<Path> local,
        Path output,
        List<String> lost,
        List<String> steps) {
    public static ScriptRun of(String name, Script script, Path folder, int dropEvery) throws Exception {
        try (Stage stage = new Stage(folder.resolve(name), dropEvery)) {
            script.play(stage);
            return so(name, stage);
        }
    }

    /** What there is so far of a run that still lasts. */
    public static ScriptRun so(String name, Stage stage) throws IOException {
        return new ScriptRun(
                name, stage.truth(), stage.precise(), stage.local(), stage.output(), stage.lost(), stage.steps());
    }

    public Collection<Truth.Server> servers() {
        return Truth.servers(truth).values();
    }

    public double ended() {
        return truth.get("ended").asDouble();
    }

    /** Seconds that a thread of this process has waited for a core at most, as far as is known. */
    public double late() {
        return truth.get("late").asDouble();
    }

    public String preciseNode() {
        return name + ".rfc5424";
    }

    public String localNode() {
        return name + ".local";
    }

    public String outputNode() {
        return name + ".output";
    }

    /** All forms of its log, each as a node of its own. */
    public List<FileSource> sources(ZoneId zoneOfLocal) {
        List<FileSource> sources = new ArrayList<>();
        precise.forEach(file -> sources.add(source(file, preciseNode(), zoneOfLocal)));
        local.forEach(file -> sources.add(source(file, localNode(), zoneOfLocal)));
        sources.add(source(output, outputNode(), zoneOfLocal));
        return sources;
    }

    private static FileSource source(Path file, String node, ZoneId zone) {
        return new FileSource(file, new LineDefaults(node, zone, null, Set.of()));
    }
}
