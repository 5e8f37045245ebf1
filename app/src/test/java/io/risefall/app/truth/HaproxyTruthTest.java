package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.compare.Comparison;
import io.risefall.app.truth.compare.ReportedRows;
import io.risefall.app.truth.compare.Truth;
import io.risefall.app.truth.haproxy.Containers;
import io.risefall.app.truth.script.Script;
import io.risefall.app.truth.script.ScriptRun;
import io.risefall.app.truth.script.Scripts;
import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripted runs of the installed HAProxy, with what its stats socket said meanwhile beside its log: what comes out of the
 * whole pipeline is held against HAProxy's own account, as {@link TruthTest} does it with the corpus. The scripts stand in
 * {@link Scripts}.
 */
@RealParts
class HaproxyTruthTest {
    private static final int AT_ONCE = 8;
    /** Of a stamp with fractions, beside what two samples bracket. */
    private static final double PRECISE = 0.3;

    private static final double WHOLE_SECONDS = 1.3;
    /** A line is read when a thread gets to it; beside what threads are seen to wait for a core. */
    private static final double AS_READ = 1.0;

    private static final int LOST_EVERY = 10;
    private static final ZoneId WRONG = ZoneId.of("Asia/Kathmandu");

    @TempDir
    static Path folder;

    private static final Map<String, ScriptRun> PLAYED = new LinkedHashMap<>();
    private static RunningRisefall risefall;
    private static ReportedRows told;

    @BeforeAll
    static void play() throws Exception {
        Programs.find("haproxy");
        ExecutorService stages = Executors.newFixedThreadPool(AT_ONCE);
        Map<String, Future<ScriptRun>> playing = new LinkedHashMap<>();
        Map<String, Script> scripts = Scripts.all();
        if (!Containers.arePermitted()) {
            scripts.keySet().removeAll(Scripts.CONTAINED);
        }
        scripts.forEach((name, script) -> playing.put(
                name,
                stages.submit(() -> ScriptRun.of(name, script, folder, name.equals(Scripts.LOST) ? LOST_EVERY : 0))));
        stages.shutdown();
        risefall = RunningRisefall.start(folder.resolve("data"));
        List<FileSource> logs = new ArrayList<>();
        for (Map.Entry<String, Future<ScriptRun>> one : playing.entrySet()) {
            ScriptRun played = one.getValue().get();
            PLAYED.put(one.getKey(), played);
            logs.addAll(played.sources(one.getKey().equals(Scripts.WRONG_ZONE) ? WRONG : ZoneOffset.UTC));
        }
        risefall.load(logs);
        told = ReportedRows.by(risefall);
    }

    @AfterAll
    static void stop() throws Exception {
        if (risefall != null) {
            risefall.close();
        }
    }

    static Stream<String> scripts() {
        return Scripts.all().keySet().stream().filter(name -> !name.equals(Scripts.LOST));
    }

    /** Those of which any form of the log tells all. */
    static Stream<String> scriptsOfAnyForm() {
        return scripts().filter(name -> !Scripts.MASTER_TELLS.contains(name));
    }

    private static ScriptRun played(String name) {
        assumeThat(PLAYED).as("PID namespaces are not permitted here").containsKey(name);
        return PLAYED.get(name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scriptsOfAnyForm")
    void agreesWithHaproxy(String name) {
        ScriptRun played = played(name);
        Comparison comparison = told.against(played.servers(), played.ended(), played.preciseNode(), PRECISE);
        System.out.println(name + ": " + comparison.numbers());
        assertThat(comparison.differences()).as(name).isEmpty();
        assertThat(comparison.numbers().found()).as(name).isPositive();
        if (!Scripts.NEW_PROCESSES.contains(name)) {
            assertThat(comparison.numbers().unknown()).as(name).isZero();
        }
    }

    /** What a container engine or journald keeps: each line as it was read, and the words of the master among them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void agreesByItsOutput(String name) {
        ScriptRun played = played(name);
        Comparison comparison =
                told.against(played.servers(), played.ended(), played.outputNode(), AS_READ + played.late());
        System.out.println(name + ", its output: " + comparison.numbers());
        assertThat(comparison.differences()).as(name).isEmpty();
        if (!Scripts.NEW_PROCESSES.contains(name)) {
            assertThat(comparison.numbers().unknown()).as(name).isZero();
        }
    }

    /** HAProxy's default form. What happens to a server within the seconds that the tolerance takes cannot be told apart. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scriptsOfAnyForm")
    void agreesInWholeSeconds(String name) {
        ScriptRun played = played(name);
        List<Truth.Server> apart = played.servers().stream()
                .filter(server -> outagesAreApart(server))
                .toList();
        ReportedRows times = name.equals(Scripts.WRONG_ZONE) ? told.later(offset(played)) : told;
        assertThat(times.against(apart, played.ended(), played.localNode(), WHOLE_SECONDS).differences().stream()
                        .filter(text -> apart.stream().anyMatch(server -> text.startsWith(server.name() + " "))))
                .as(name)
                .isEmpty();
    }

    private static boolean outagesAreApart(Truth.Server server) {
        List<Truth.Outage> outages = server.outages();
        for (int i = 1; i < outages.size(); i++) {
            if (outages.get(i).start().from() - outages.get(i - 1).start().to() < 2 * WHOLE_SECONDS + 1) {
                return false;
            }
        }
        return true;
    }

    /** A zone that is set wrong moves everything by the same time, and nothing else. */
    private static Duration offset(ScriptRun played) {
        return Duration.ofSeconds(WRONG.getRules()
                .getOffset(java.time.Instant.ofEpochSecond((long) played.ended()))
                .getTotalSeconds());
    }

    /** See {@link LostLines}. */
    @Test
    void lostDatagrams() throws Exception {
        ScriptRun played = PLAYED.get(Scripts.LOST);
        LostLines lines = new LostLines(played, PRECISE);
        assertThat(lines.invented(told.outages(played.preciseNode()))).isEmpty();
        assertThat(lines.missed(told.outages(played.preciseNode()))).isEmpty();
        int missing = ReportedRows.rows(
                        risefall,
                        "select coalesce(sum(missing), 0)::int as missing from losses where node = '"
                                + played.preciseNode() + "'")
                .get(0)
                .get("missing")
                .asInt();
        assertThat(missing).isBetween(1, lines.lostSwitches());
    }
}
