package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import io.risefall.schemas.suite.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the counts of real HAProxies tell of lines that are missing, through the whole pipeline. That nothing is told where
 * nothing is missing, form by form, is in {@link TruthTest}. Of the heavy runs only one is read without the profile
 * {@code long}, and of the others a third in turn where all forms are.
 */
@RealParts
class LossTest {
    /** Where counts cannot be compared: agents change them without a line. */
    private static final String AGENT = "agent-";

    /** A hundred lines a second: those of a second can have changed places in many ways. */
    private static final String HEAVY = "heavy-";

    /** The heavy run that is always read. */
    private static final String HEAVY_OF_ONE = "heavy-3.5-dev5";

    /** Forms that say no time. */
    private static final List<String> TIMELESS =
            List.of("stdout-raw.log", "fd-short.log", "fd-priority.log", "haproxy-stderr.log");

    /** No lines. */
    private static final String FRAMES = "tcp-octet-count-rfc5424.log";

    private static final List<String> WHOLE_SECONDS = List.of("udp-local.log", "rsyslog-traditional.log");

    /** Of which lines are left out. */
    private static final String FORM = "udp-rfc5424.log";

    private static final Pattern SWITCH =
            Pattern.compile("^[^{]{20,80}(: | - - )(Backup )?Server [^ ]+ (is|was|enters|\\(|remains|resolves) ?");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Before the name of a run: a node whose log lacks lines. */
    private static final String LOST = "lost.";

    @TempDir
    static Path folder;

    private static RunningRisefall risefall;

    @BeforeAll
    static void start() {
        risefall = RunningRisefall.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        risefall.close();
    }

    @Test
    void allFormsOfALogTogetherLackNothing() throws Exception {
        List<FileSource> files = new ArrayList<>();
        for (Corpus.Scenario run : Stream.concat(Turn.oneIn(3, light(), "runs in all forms").stream(), heavy().stream())
                .toList()) {
            for (String form : forms(run)) {
                files.add(write(run, form, run.log(form)));
            }
        }
        risefall.load(files);
        assertThat(rows("select * from losses where not starts_with(node, '" + LOST + "')"))
                .isEmpty();
    }

    /** Rotated files come before those that they were rotated out of. */
    private static List<String> forms(Corpus.Scenario run) {
        return run.forms().stream()
                .filter(one -> !TIMELESS.contains(one) && !FRAMES.equals(one))
                .filter(one -> !run.name().startsWith(HEAVY) || !WHOLE_SECONDS.contains(one))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Every tenth switch line is left out. Prints how many were and how many were found. */
    @Test
    void linesThatAreLostAreFound() throws Exception {
        Map<Boolean, int[]> ofHeavy = Map.of(true, new int[2], false, new int[2]);
        Map<String, Integer> lost = new TreeMap<>();
        List<FileSource> files = new ArrayList<>();
        for (Corpus.Scenario run :
                Stream.concat(light().stream(), heavy().stream()).toList()) {
            if (run.name().endsWith("-2.0") || run.name().startsWith(AGENT)) {
                continue; // 2.0 has no fractions
            }
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            lost.put(run.name(), leaveOutEveryTenth(run, kept));
            files.add(write(LOST + run.name(), run, FORM, kept.toByteArray()));
        }
        risefall.load(files);
        Map<String, Integer> found = new TreeMap<>();
        rows("select node, sum(missing)::int as missing from losses group by node")
                .forEach(row ->
                        found.put(row.get("node").asText(), row.get("missing").asInt()));
        lost.forEach((run, count) -> {
            int missing = found.getOrDefault(LOST + run, 0);
            System.out.println(run + ": " + count + " lost, " + missing + " found");
            int[] sums = ofHeavy.get(run.startsWith(HEAVY));
            sums[0] += count;
            sums[1] += missing;
        });
        assertThat(percent(ofHeavy.get(true))).isBetween(95, 105);
        // Backends of two servers and few lines: what no line with counts follows, no count tells.
        assertThat(percent(ofHeavy.get(false))).isBetween(70, 100);
    }

    private static int percent(int[] lostAndFound) {
        return 100 * lostAndFound[1] / lostAndFound[0];
    }

    private static List<Corpus.Scenario> light() {
        return Corpus.scenarios().stream()
                .filter(run -> !run.name().startsWith(HEAVY))
                .toList();
    }

    private static List<Corpus.Scenario> heavy() {
        return Corpus.scenarios().stream()
                .filter(run -> Length.isLong()
                        ? run.name().startsWith(HEAVY)
                        : run.name().equals(HEAVY_OF_ONE))
                .toList();
    }

    /** Returns how many switch lines were left out. */
    private static int leaveOutEveryTenth(Corpus.Scenario run, ByteArrayOutputStream kept) {
        int switches = 0;
        int lost = 0;
        for (byte[] line : run.lines(FORM)) {
            if (SWITCH.matcher(new String(line, StandardCharsets.ISO_8859_1)).find() && ++switches % 10 == 0) {
                lost++;
            } else {
                kept.writeBytes(line);
                kept.write('\n');
            }
        }
        return lost;
    }

    private static FileSource write(Corpus.Scenario run, String form, byte[] log) throws IOException {
        return write(run.name(), run, form, log);
    }

    private static FileSource write(String node, Corpus.Scenario run, String form, byte[] log) throws IOException {
        Path host = Files.createDirectories(folder.resolve(node));
        ZoneId zone = ZoneId.of(run.truth().get("tz").asText());
        return new FileSource(Files.write(host.resolve(form), log), new LineDefaults(node, zone, null, Set.of()));
    }

    private static JsonNode rows(String sql) throws IOException {
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }
}
