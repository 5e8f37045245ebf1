package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.RunningRisefall;
import io.risefall.schemas.Corpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the counts of real HAProxies tell of lines that are missing, through the whole pipeline. That nothing is told where
 * nothing is missing, form by form, is in {@link TruthTest}.
 */
class LossTest {
    /** Where counts cannot be compared: agents change them without a line. */
    private static final String AGENT = "agent-";

    /** A hundred lines a second: those of a second can have changed places in many ways. */
    private static final String HEAVY = "heavy-";

    /** Forms that say no time. */
    private static final List<String> TIMELESS =
            List.of("stdout-raw.log", "fd-short.log", "fd-priority.log", "haproxy-stderr.log");

    private static final List<String> WHOLE_SECONDS = List.of("udp-local.log", "rsyslog-traditional.log");

    private static final Pattern SWITCH =
            Pattern.compile("^[^{]{20,80}(: | - - )(Backup )?Server [^ ]+ (is|was|enters|\\(|remains|resolves) ?");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void allFormsOfALogTogetherLackNothing() throws Exception {
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
            for (Corpus.Scenario run : Corpus.scenarios()) {
                List<Path> files = new ArrayList<>();
                for (String form : run.forms().stream()
                        .filter(one -> !TIMELESS.contains(one))
                        .filter(one -> !run.name().startsWith(HEAVY) || !WHOLE_SECONDS.contains(one))
                        .sorted(Comparator.reverseOrder())
                        .toList()) {
                    files.add(write(run, form, run.log(form)));
                }
                load(risefall, run, run.name(), files);
            }
            assertThat(rows(risefall, "select * from losses")).isEmpty();
        }
    }

    /** Every tenth switch line is left out. Prints how many were and how many were found. */
    @Test
    void linesThatAreLostAreFound() throws Exception {
        Map<Boolean, int[]> ofHeavy = Map.of(true, new int[2], false, new int[2]);
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
            for (Corpus.Scenario run : Corpus.scenarios()) {
                if (run.name().endsWith("-2.0") || run.name().startsWith(AGENT)) {
                    continue; // 2.0 has no fractions
                }
                int lost = loadWithoutEveryTenth(risefall, run, "udp-rfc5424.log");
                int found = rows(
                                risefall,
                                "select coalesce(sum(missing), 0) as missing from losses where node = '" + run.name()
                                        + "'")
                        .get(0)
                        .get("missing")
                        .asInt();
                System.out.println(run.name() + ": " + lost + " lost, " + found + " found");
                int[] sums = ofHeavy.get(run.name().startsWith(HEAVY));
                sums[0] += lost;
                sums[1] += found;
            }
        }
        assertThat(percent(ofHeavy.get(true))).isBetween(95, 105);
        // Backends of two servers and few lines: what no line with counts follows, no count tells.
        assertThat(percent(ofHeavy.get(false))).isBetween(70, 100);
    }

    private static int percent(int[] lostAndFound) {
        return 100 * lostAndFound[1] / lostAndFound[0];
    }

    private int loadWithoutEveryTenth(RunningRisefall risefall, Corpus.Scenario run, String form) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        int switches = 0;
        int lost = 0;
        for (byte[] line : run.lines(form)) {
            if (SWITCH.matcher(new String(line, StandardCharsets.ISO_8859_1)).find() && ++switches % 10 == 0) {
                lost++;
            } else {
                kept.write(line);
                kept.write('\n');
            }
        }
        load(risefall, run, run.name(), List.of(write(run, form, kept.toByteArray())));
        return lost;
    }

    private Path write(Corpus.Scenario run, String form, byte[] log) throws IOException {
        Path host = Files.createDirectories(folder.resolve(run.name()));
        return Files.write(host.resolve(form), log);
    }

    private static void load(RunningRisefall risefall, Corpus.Scenario run, String node, List<Path> files) {
        List<String> command = new ArrayList<>(List.of(
                "import", "--node", node, "--zone", run.truth().get("tz").asText()));
        files.forEach(file -> command.add(file.toString()));
        risefall.must(command.toArray(new String[0]));
    }

    private static JsonNode rows(RunningRisefall risefall, String sql) throws IOException {
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }
}
