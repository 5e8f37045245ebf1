package io.risefall.query.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.reconcile.ComparedValue.Verdict;
import io.risefall.query.reconcile.RecordedServer.Stretch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HAProxy's counters beside recorded states. The process begins at 00:00:00, and is asked at 00:10:00. */
class ReconcilerTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant END = BEGIN.plusSeconds(600);
    private static final String HEAD = "# pxname,svname,status,chkdown,lastchg,downtime,type,\n";

    /** The numbers of 2.6 are those that a real one gave. States: what, and the second in which it began. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # version | status  | chkdown | downtime | recorded states                  | state, downs, down time
            2.6.12    | UP      | 0       | 0        | up -100                          | agrees agrees agrees
            2.6.12    | UP      | 1       | 60       | up -100, down 60, up 120         | agrees agrees agrees
            2.6.12    | DOWN 1/2| 1       | 540      | up -100, down 60                 | agrees agrees agrees
            2.6.12    | UP      | 1       | 0        | up -100, maint 60, up 120        | agrees explained agrees
            2.6.12    | MAINT   | 1       | 540      | up -100, maint 60                | agrees explained explained
            2.6.12    | UP      | 1       | 0        | up -100, down 60, maint 90, up 120 | agrees agrees explained
            2.6.12    | UP      | 0       | 60       | up -100, drain 60, up 120        | agrees agrees explained
            2.6.12    | UP      | 1       | 0        | up -100, drain 60, maint 90, up 120 | agrees explained agrees
            2.8.1     | UP      | 1       | 60       | up -100, maint 60, up 120        | agrees explained explained
            1.8.30    | UP      | 1       | 0        | up -100, down 60, up 120         | agrees agrees explained
            2.6.12    | UP      | 2       | 60       | up -100, down 60, up 120         | agrees differs agrees
            2.6.12    | UP      | 1       | 90       | up -100, down 60, up 120         | agrees agrees differs
            2.6.12    | DOWN    | 1       | 540      | up -100                          | differs differs differs
            2.6.12    | DOWN    | 0       | 700      | down -100                        | agrees agrees explained
            2.6.12    | UP      | 0       | 0        | down -100, unknown 0             | explained agrees agrees
            2.6.12    | DOWN    | 1       | 540      | up -100, down 20, unknown 40     | explained agrees explained
            2.6.12    | UP      | 0       | 0        | maint -100                       | explained agrees agrees
            2.6.12    | NOLB    | 0       | 0        | drain 90                         | agrees agrees agrees
            """)
    void eachIsComparedAndExplained(
            String version, String status, String downs, String downtime, String states, String verdicts) {
        HaproxyCounters counters = counters(version, "web,s1," + status + "," + downs + ",100," + downtime + ",2,\n");

        assertThat(verdicts(Reconciler.of(counters, recorded(states, null)))).isEqualTo(verdicts);
    }

    @Test
    void anOutageThatTheNewProcessDeclaresOnceMoreIsOne() {
        HaproxyCounters counters = counters("2.6", "web,s1,DOWN,1,500,500,2,\n");

        Reconciliation reconciliation = Reconciler.of(counters, recorded("down -100", BEGIN.plusSeconds(100)));

        assertThat(verdicts(reconciliation)).isEqualTo("agrees explained explained");
        assertThat(reconciliation.findings())
                .extracting(ComparedValue::why)
                .containsExactly(
                        "",
                        "one outage began before this process, which declared it once more; Risefall counts it once",
                        "the outage began before this process: HAProxy counts from the first failed check of the new one, "
                                + "Risefall without a break");
    }

    @Test
    void anOutageBetweenTheFirstLineAndTheRoundedBeginIsOfThisProcess() {
        HaproxyCounters counters = counters("2.6", "web,s1,DOWN,1,600,600,2,\n");
        Instant firstLine = BEGIN.minusMillis(400);
        RecordedStates recorded = new RecordedStates(
                "lb1",
                firstLine,
                firstLine,
                END,
                List.of(new RecordedServer(
                        "web", "s1", firstLine, List.of(new Stretch("down", "L4CON", firstLine, null)))),
                null);

        assertThat(verdicts(Reconciler.of(counters, recorded))).isEqualTo("agrees agrees agrees");
    }

    /** With {@code no log}, or before a log target is there, nothing tells a lost line from one that was never printed. */
    @Test
    void aBackendThatNeverLoggedProvesNoLoss() {
        HaproxyCounters counters = counters("2.6", "quiet,b1,DOWN,3,500,520,2,\nquiet,b2,UP,2,500,40,2,\n");
        RecordedStates recorded = new RecordedStates(
                "lb1",
                BEGIN,
                BEGIN.minusSeconds(100),
                END,
                List.of(new RecordedServer(
                        "quiet", "b2", null, List.of(new Stretch("up", "observed", BEGIN.minusSeconds(100), null)))),
                Set.of("web"));

        Reconciliation reconciliation = Reconciler.of(counters, recorded);

        assertThat(verdicts(reconciliation)).isEqualTo("explained explained explained agrees explained explained");
        assertThat(reconciliation.findings())
                .filteredOn(finding -> finding.verdict() == Verdict.EXPLAINED)
                .allMatch(finding -> finding.why().startsWith("no line of this backend was ever read: "));
        assertThat(reconciliation.exitCode()).isZero();
    }

    @Test
    void whatTheLogCannotTellIsExplained() {
        HaproxyCounters counters = counters("2.6", """
                web,FRONTEND,OPEN,,,,0,
                web,steady,UP,0,600,0,2,
                web,unchecked,no check,,600,,2,
                web,slot,MAINT,0,600,600,2,
                web,lost,DOWN,1,600,600,2,
                web,just,DOWN,0,2,0,2,
                web,BACKEND,UP,0,600,0,1,
                """);

        Reconciliation reconciliation = Reconciler.of(counters, recorded("up -100", null));

        assertThat(reconciliation.findings())
                .filteredOn(finding -> finding.server().equals("slot"))
                .extracting(ComparedValue::verdict)
                .containsExactly(Verdict.EXPLAINED, Verdict.AGREES, Verdict.EXPLAINED);

        assertThat(reconciliation.findings())
                .filteredOn(finding -> finding.of() == ComparedValue.Of.STATE)
                .extracting(
                        finding -> finding.server() + " " + finding.verdict().word())
                .containsExactly(
                        "steady explained",
                        "unchecked explained",
                        "slot explained",
                        "lost differs",
                        "just explained",
                        "s1 explained");
        assertThat(reconciliation.exitCode()).isOne();
    }

    @Test
    void beforeItsFirstLineRisefallKnowsNothing() {
        HaproxyCounters counters = counters("2.6", "web,s1,UP,3,100,90,2,\n");
        RecordedStates late = new RecordedStates(
                "lb1",
                BEGIN,
                BEGIN.plusSeconds(300),
                END,
                recorded("up 400", null).servers(),
                null);

        assertThat(verdicts(Reconciler.of(counters, late))).isEqualTo("agrees explained explained");
    }

    @Test
    void isPrintedForPeopleAndForPrograms() throws IOException {
        Reconciliation reconciliation = Reconciler.of(
                counters("2.6.12", "web,s1,MAINT,2,500,550,2,\nweb,s2,DOWN,1,500,500,2,\n"),
                recorded("up -100, down 30, up 40, maint 60", null));

        assertThat(printed(reconciliation, AnswerFormat.TEXT))
                .contains(
                        "6 values of 2 servers compared: 3 differ, 2 explained.",
                        "2.6.12, process 7, since 2026-03-02 00:00:00 UTC",
                        "web/s2",
                        "chkdown also counts entering");
        assertThat(printed(reconciliation, AnswerFormat.CSV))
                .startsWith("proxy,server,of,haproxy,risefall,verdict,why\nweb,s1,state,MAINT,maint,agrees,\n")
                .hasLineCount(7);
        assertThat(printed(reconciliation, AnswerFormat.JSON)).contains("\"verdict\" : \"DIFFERS\"");
    }

    @Test
    void whatIsNotShowStatIsRefused() {
        assertThatThrownBy(() -> counters("2.6", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it does not begin with \"# pxname,svname,…\"");
        assertThatThrownBy(() -> counters("2.6", "web,s1,UP,many,1,1,2,\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("record 1 has no number in column chkdown");
        assertThat(counters("2.6", "web,s1\n\n").servers()).isEmpty();
    }

    private static String printed(Reconciliation reconciliation, AnswerFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(new ReconcilePage(reconciliation, ZoneOffset.UTC).page(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static HaproxyCounters counters(String version, String rows) {
        return HaproxyCounters.of(version, 7L, BEGIN, END, rows == null ? "<html>" : HEAD + rows);
    }

    private static String verdicts(Reconciliation reconciliation) {
        return reconciliation.findings().stream()
                .map(finding -> finding.verdict().word())
                .collect(Collectors.joining(" "));
    }

    /** Of web/s1. */
    private static RecordedStates recorded(String states, Instant saidDown) {
        List<Stretch> stretches = new ArrayList<>();
        String[] all = states.split(", ");
        for (int i = 0; i < all.length; i++) {
            Instant to = i + 1 == all.length ? null : second(all[i + 1]);
            stretches.add(new Stretch(all[i].split(" ")[0], "reload", second(all[i]), to));
        }
        return new RecordedStates(
                "lb1",
                BEGIN,
                BEGIN.minusSeconds(100),
                END,
                List.of(new RecordedServer("web", "s1", saidDown, stretches)),
                Set.of("web"));
    }

    private static Instant second(String state) {
        return BEGIN.plusSeconds(Long.parseLong(state.split(" ")[1]));
    }
}
