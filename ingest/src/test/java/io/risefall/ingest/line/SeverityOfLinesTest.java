package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.LineOutcome.Traffic;
import io.risefall.ingest.line.LineOutcome.Unreadable;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the severity of a line tells of it: whose it is, and at which level the log is capped. */
class SeverityOfLinesTest {
    private static final String COUNTS = " 0 sessions active, 0 requeued, 0 remaining in queue.";
    private static final String DOWN =
            "Server b/s is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers left."
                    + COUNTS;
    private static final String LAST_DOWN =
            "Server b/s is DOWN, reason: Layer4 timeout, check duration: 2001ms. 0 active and 0 backup servers left."
                    + COUNTS;
    private static final String EMPTY = "backend b has no server available!";
    private static final String FIRST_UP =
            "Server b/s is UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online."
                    + " 0 sessions requeued, 0 total in queue.";
    private static final String UP =
            "Server b/s is UP, reason: Layer4 check passed, check duration: 0ms. 2 active and 0 backup servers online."
                    + " 0 sessions requeued, 0 total in queue.";
    private static final String OTHER_DOWN =
            "Server b/t is DOWN, reason: Layer4 timeout, check duration: 2001ms. 0 active and 0 backup servers left."
                    + COUNTS;
    private static final String TRAFFIC = "192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www b/s 0/0/0/1/1 200";
    private static final String COPY = "[WARNING]  (10) : ";

    private LineReader reader = reader(new ReaderState());
    private ReaderState memory = new ReaderState();
    private long position;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<30>Mar 31 00:03:44 lb1 haproxy[1786]: " + COPY,
                "<27>Mar 31 00:03:44 lb1 haproxy[1786]: " + COPY,
                "<28>Mar 31 00:03:44 haproxy[1786]: " + COPY,
                "<14>Mar 31 00:03:44 lb1 haproxy[1786]: " + COPY,
                "<30>1 2026-03-31T00:03:44Z lb1 haproxy 1786 - - " + COPY,
                "<27>1 2026-03-31T00:03:44Z lb1 haproxy 1786 - - " + COPY,
                "<30>2026-03-31T00:03:44Z lb1 haproxy[1786]: " + COPY,
                "Mar 31 00:03:44 lb1 daemon.info haproxy[1786]: " + COPY,
                "Mar 31 00:03:44 lb1 daemon.err haproxy[1786]: " + COPY,
                "Mar 31 00:03:44 lb1 user.notice haproxy[1786]: " + COPY,
                "Mar 31 00:03:44 <daemon.info> lb1 haproxy[1786]: " + COPY,
                "<131>Mar 31 00:03:44 lb1 haproxy[1786]: " + COPY,
                "<30>Mar 31 00:03:44 lb1 haproxy[1786]: ",
                "<27>Mar 31 00:03:44 lb1 haproxy[1786]: ",
                "<14>Mar 31 00:03:44 lb1 haproxy[1786]: ",
                "<30>1 2026-03-31T00:03:44Z lb1 haproxy 1786 - - ",
                "Mar 31 00:03:44 lb1 daemon.info haproxy[1786]: ",
                "Mar 31 00:03:44 lb1 user.notice haproxy: ",
            })
    void thePriorityOfAServiceOrAContainerSaysNothingOfTheMessage(String header) {
        assertThat(read(header + DOWN))
                .isInstanceOfSatisfying(
                        Events.class, said -> assertThat(said.own().severity()).isNull());
        assertThat(read(header + EMPTY)).isInstanceOf(Events.class);
        assertThat(read(header + UP)).isInstanceOf(Events.class);
        assertThat(read(header + TRAFFIC)).isInstanceOf(Traffic.class);
        assertThat(read(header + TRAFFIC + " \"" + DOWN + "\"")).isInstanceOf(Traffic.class);
    }

    @Test
    void aHaproxyThatLogsUnderTheFacilityDaemonIsFoundOutByItsAlert() {
        String header = "Mar 31 00:03:44 lb1 haproxy[7]: ";
        assertThat(read("<25>" + header + DOWN)).isInstanceOf(Events.class);
        assertThat(read("<30>" + header + UP)).isInstanceOf(Traffic.class);
        assertThat(read("<29>" + header + UP))
                .isInstanceOfSatisfying(
                        Events.class, said -> assertThat(said.own().severity()).isEqualTo(Severity.NOTICE));
        assertThat(read("<30>Mar 31 00:03:44 lb1 haproxy[8]: " + UP)).isInstanceOf(Events.class);
    }

    /** What a level makes of {@code emerg}, {@code alert} and {@code notice}: {@code log … local0 debug LEVEL}. */
    @ParameterizedTest
    @CsvSource({
        "alert, 129, 129, 133, 0",
        "crit, 130, 130, 133, 0",
        "err, 131, 131, 133, 1",
        "warning, 132, 132, 133, 0",
        "notice, 133, 133, 133, 0",
        "info, 134, 134, 134, 1",
        "debug, 135, 135, 135, 1",
    })
    void aCappedLevelIsReadWhole(String level, int down, int empty, int up, int waits) {
        String header = ">Nov 23 00:21:56 lb1 haproxy[7]: ";
        List<String> said = new ArrayList<>();
        add(said, read("<" + down + header + LAST_DOWN));
        assertThat(said).hasSize(1 - waits);
        add(said, read("<" + empty + header + EMPTY));
        add(said, read("<" + Math.max(134, up) + header + TRAFFIC));
        add(said, read("<" + up + header + FIRST_UP));
        add(said, read("<" + down + header + DOWN));
        assertThat(said).as(level).containsExactly(LAST_DOWN, EMPTY, FIRST_UP, DOWN);
    }

    @Test
    void theCapThatWasAssumedIsKept() {
        read("<133>Nov 23 00:21:56 lb1 haproxy[7]: " + LAST_DOWN);
        assertThat(memory.levels().all()).extracting(ProcessLevel::cap).containsOnlyNulls();
        read("<133>Nov 23 00:21:56 lb1 haproxy[7]: " + EMPTY);
        assertThat(memory.levels().all())
                .containsExactly(new ProcessLevel("lb1", 7L, false, Severity.NOTICE, Severity.NOTICE, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<129>", "<128>"})
    void nothingIsBelievedThatIsLessSevereThanWhatTheProcessSaid(String severe) {
        String header = "Nov 23 00:21:56 lb1 haproxy[7]: ";
        read(severe + header + TRAFFIC);
        for (String priority : List.of("<134>", "<135>", "<131>", "<130>")) {
            assertThat(read(priority + header + LAST_DOWN)).isInstanceOf(Traffic.class);
            assertThat(read(priority + header + EMPTY)).isInstanceOf(Traffic.class);
            assertThat(read(priority + header + FIRST_UP)).isInstanceOf(Traffic.class);
        }
        assertThat(read("<133>" + header + EMPTY)).isInstanceOf(Traffic.class);
        assertThat(read("<129>" + header + DOWN)).isInstanceOf(Events.class);
    }

    @Test
    void anotherProcessSaysNothingOfThisOnesLevel() {
        read("<129>Nov 23 00:21:56 lb1 haproxy[6]: " + DOWN);
        read("<129>Nov 23 00:21:56 lb2 haproxy[7]: " + DOWN);
        assertThat(read("<133>Nov 23 00:21:56 lb1 haproxy[7]: " + EMPTY)).isInstanceOf(Events.class);
    }

    @Test
    void aHealthSentenceAmongTrafficWaitsForAProof() {
        String header = "<134>Nov 23 00:21:56 lb1 haproxy[7]: ";
        assertThat(read(header + DOWN)).isInstanceOf(Traffic.class);
        assertThat(read(header + TRAFFIC)).isInstanceOf(Traffic.class);
        assertThat(read(header + UP)).isInstanceOfSatisfying(Events.class, said -> {
            assertThat(said.earlier()).isEqualTo(1);
            assertThat(said.events()).extracting(HealthEvent::text).containsExactly(DOWN, UP);
            assertThat(said.events())
                    .extracting(event -> event.origin().position())
                    .containsExactly(0L, 2L);
        });
        assertThat(read(header + DOWN)).isInstanceOf(Events.class);
    }

    @Test
    void aCheckThatBringsAServerDownProvesItsDown() {
        String header = "<134>Nov 23 00:21:56 lb1 haproxy[7]: ";
        read(header
                + "Health check for server b/s failed, reason: Layer4 timeout, check duration: 9ms, status: 1/2 UP.");
        read(header
                + "Health check for server b/s failed, reason: Layer4 timeout, check duration: 9ms, status: 0/2 DOWN.");
        assertThat(read(header + "Server b/s is DOWN. 1 active and 0 backup servers left." + COUNTS))
                .isInstanceOfSatisfying(
                        Events.class, said -> assertThat(said.events()).hasSize(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {DOWN + "|" + FIRST_UP, DOWN + "|" + DOWN, UP + "|" + DOWN, DOWN + "|" + EMPTY, EMPTY + "|" + UP})
    void linesThatDoNotFitProveNothing(String first, String second) {
        String header = "<134>Nov 23 00:21:56 lb1 haproxy[7]: ";
        assertThat(read(header + first)).isInstanceOf(Traffic.class);
        assertThat(read(header + second)).isInstanceOf(Traffic.class);
    }

    @Test
    void serversBetweenCountToo() {
        String header = "<134>Nov 23 00:21:56 lb1 haproxy[7]: ";
        read(header + DOWN);
        read(header + OTHER_DOWN);
        assertThat(read(header + FIRST_UP)).isInstanceOf(Events.class);
    }

    @Test
    void whatWasHeldIsForgottenWhenTheLevelIsFoundNotToBeCapped() {
        String header = "Nov 23 00:21:56 lb1 haproxy[7]: ";
        read("<134>" + header + DOWN);
        read("<133>" + header + "Proxy b started.");
        assertThat(read("<134>" + header + UP)).isInstanceOf(Traffic.class);
        assertThat(memory.levels().all()).allMatch(level -> level.held().isEmpty());
    }

    @Test
    void afterAReloadTheCapIsBelievedUntilTheNewProcessShowsThatThereIsNone() {
        read("<134>Nov 23 00:21:56 lb1 haproxy[7]: " + LAST_DOWN);
        read("<134>Nov 23 00:21:56 lb1 haproxy[7]: " + EMPTY);
        assertThat(read("<134>Nov 23 00:21:57 lb1 haproxy[8]: " + DOWN)).isInstanceOf(Events.class);
        assertThat(read("<129>Nov 23 00:21:57 lb1 haproxy[9]: " + DOWN)).isInstanceOf(Events.class);
        assertThat(read("<134>Nov 23 00:21:57 lb1 haproxy[9]: " + UP)).isInstanceOf(Traffic.class);
        assertThat(read("<134>Nov 23 00:21:57 lb1 haproxy[10]: " + DOWN)).isInstanceOf(Traffic.class);
    }

    @Test
    void aCopyThatAClientPlantedIsJudgedByTheProcessThatSentIt() {
        read("<129>Nov 23 00:21:56 lb1 haproxy[7]: " + DOWN);
        assertThat(read("<134>Nov 23 00:21:56 lb1 haproxy[7]: " + COPY + LAST_DOWN))
                .isInstanceOf(Traffic.class);
        assertThat(read("<134>Nov 23 00:21:56 lb1 haproxy[7]: " + COPY + EMPTY)).isInstanceOf(Traffic.class);
    }

    @Test
    void whatCannotBeReadIsTrafficUnlessTheLevelIsCapped() {
        String header = "<134>Nov 23 00:21:56 lb1 haproxy[7]: ";
        String flawed = header + "Server b/s is DO";
        assertThat(read(flawed)).isInstanceOf(Traffic.class);
        read(header + LAST_DOWN);
        read(header + EMPTY);
        assertThat(read(flawed)).isInstanceOf(Unreadable.class);
    }

    /** A restart at any line finds the same. */
    @Test
    void whatIsKnownGoesWithTheReadPosition() {
        String header = "Nov 23 00:21:56 lb1 haproxy[7]: ";
        List<String> lines = List.of(
                "<134>" + header + TRAFFIC,
                "<134>" + header + LAST_DOWN,
                "<134>" + header + TRAFFIC,
                "<134>" + header + EMPTY,
                "<134>" + header + FIRST_UP,
                "<132>" + header + "Proxy b stopped (FE: 0 conns, BE: 0 conns).",
                "<134>" + header + DOWN,
                "<134>" + header + EMPTY,
                "<25>" + header + DOWN,
                "<30>" + header + UP);
        List<String> atOnce = new ArrayList<>();
        lines.forEach(line -> add(atOnce, read(line)));
        memory = new ReaderState();
        position = 0;
        List<String> again = new ArrayList<>();
        for (String line : lines) {
            ReadPosition kept = new ReadPosition(
                    "test",
                    null,
                    1,
                    Instant.EPOCH,
                    true,
                    1,
                    1,
                    0,
                    0,
                    0,
                    0,
                    null,
                    null,
                    Map.of(),
                    null,
                    null,
                    memory.times().all(),
                    null,
                    memory.levels().all(),
                    null);
            memory = ReaderState.of(kept);
            reader = reader(memory);
            add(again, read(line));
        }
        assertThat(again).isEqualTo(atOnce).contains(FIRST_UP).doesNotContain(UP);
    }

    @Test
    void sendersThatNameThemselvesDoNotMakeTheMemoryGrow() {
        for (int pid = 0; pid < 2000; pid++) {
            read("<129>Nov 23 00:21:56 lb1 haproxy[" + pid + "]: " + DOWN);
            for (int i = 0; i < 30 && pid < 20; i++) {
                read("<134>Nov 23 00:21:56 lb2 haproxy[" + pid + "]: " + DOWN);
            }
        }
        String longLine = "<134>Nov 23 00:21:56 lb3 haproxy[1]: " + "Server " + "b".repeat(2000) + "/s is DOWN.";
        assertThat(read(longLine)).isInstanceOf(Traffic.class);
        assertThat(memory.levels().all()).hasSize(256);
        assertThat(memory.levels().all().stream()
                        .mapToInt(level -> level.held().size())
                        .sum())
                .isLessThanOrEqualTo(64);
        for (ProcessLevel level : memory.levels().all()) {
            assertThat(level.held()).hasSizeLessThanOrEqualTo(16);
        }
    }

    @Test
    void anotherSourcesHeldLinesAreNotTakenOver() {
        read("<134>Nov 23 00:21:56 lb1 haproxy[7]: " + DOWN);
        ProcessLevel held = memory.levels().all().get(0);
        assertThat(held.held()).extracting(HealthEvent::origin).containsExactly(new Origin("test", 0, 0, "10.1.2.3"));
        assertThat(memory.levels().withoutHeld().all())
                .allMatch(level -> level.held().isEmpty());
    }

    private static void add(List<String> texts, LineOutcome outcome) {
        if (outcome instanceof Events said) {
            said.events().forEach(event -> texts.add(event.text()));
        }
    }

    private LineOutcome read(String line) {
        if (position == 0) {
            reader = reader(memory);
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        @Nullable String sender = "10.1.2.3";
        return reader.read(bytes, 0, bytes.length, position++, Instant.parse("2026-11-23T12:00:00Z"), sender);
    }

    private static LineReader reader(ReaderState memory) {
        return new LineReader(
                new LineContext("test", LineDefaults.of(ZoneOffset.UTC), Instant.parse("2026-11-23T11:00:00Z")),
                memory);
    }
}
