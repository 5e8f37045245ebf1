package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.suite.Length;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody listened for a while, as the topics tell: in any order, and with other sources that listened. */
class AbsenceOnTopicsTest {
    private static final String UDP = "udp:127.0.0.1:5514";
    private static final String FILE = "file:/var/log/haproxy.log";

    @TempDir
    Path folder;

    @Test
    void itDoesNotMatterWhetherItIsToldBeforeOrAfterTheLinesAndInWhichOrder() {
        List<Object> all = new ArrayList<>(
                Story.events("""
                0 1 up
                5 1 down L4CON
                30 1 down L4TOUT
                33 1 up
                50 1 down L4CON
                """).stream().map(event -> from(UDP, event)).toList());
        all.add(absence(UDP, "8", "20"));
        all.add(absence("tcp:127.0.0.1:5515", "8.1", "20.2"));
        all.add(absence(UDP, "60", "61"));
        String expected = """
                up 0..5, down 5..8, unknown 8..20.2, up 20.2..30, down 30..33, up 33..50, down 50..
                doubt 8..20.2
                doubt 60..
                outage 5..8 unknown L4CON uncertain
                outage 30..33 up L4TOUT
                outage 50.. L4CON uncertain
                flapping 50 downs 3""";
        assertThat(outcome(all)).isEqualTo(expected);
        Random random = new Random(1);
        for (int i = 0; i < Length.of(4, 20); i++) {
            Collections.shuffle(all, random);
            assertThat(outcome(all)).as(all.toString()).isEqualTo(expected);
        }
    }

    @Test
    void linesThatComeWhileItStandsAreHeardAtOnceAsIfAgain() {
        try (TopologyRun run = new TopologyRun(folder)) {
            List<HealthEvent> events = Story.events("""
                    0 1 up
                    5 1 down L4CON
                    30 1 down L4TOUT
                    33 1 up
                    """);
            run.pipe(from(UDP, events.get(0)));
            run.pipe(from(UDP, events.get(1)));
            run.pipe((Absence) absence(UDP, "8", "20"));
            run.tick();
            assertThat(run.outcome()).isEqualTo("""
                    up 0..5, down 5..
                    doubt 8..
                    outage 5.. L4CON uncertain""");
            run.pipe(from(UDP, events.get(2)));
            run.pipe(from(UDP, events.get(3)));
            run.tick();
            assertThat(run.outcome()).isEqualTo("""
                    up 0..5, down 5..8, unknown 8..20, up 20..30, down 30..33, up 33..
                    doubt 8..20
                    outage 5..8 unknown L4CON uncertain
                    outage 30..33 up L4TOUT""");
        }
    }

    @Test
    void anotherSourceThatCarriedTheProxyAndSpeaksOnLosesNothing() {
        assertThat(carriedBy(List.of(sign(FILE, "40")))).isEqualTo(NOTHING_LOST);
    }

    @Test
    void oneThatHasNotSpokenSinceProvesNothing() {
        assertThat(carriedBy(List.of())).isEqualTo(DOUBTFUL);
    }

    @Test
    void oneThatIsAbsentItselfProvesNothing() {
        assertThat(carriedBy(List.of(sign(FILE, "40"), absence(FILE, "19", "21"))))
                .startsWith("up 0..5, down 5..\ndoubt 8..");
    }

    @Test
    void oneThatDidNotCarryTheProxyBeforeProvesNothing() {
        List<Object> all = new ArrayList<>(downOnUdp());
        all.add(sign(FILE, "0"));
        all.add(sign(FILE, "40"));
        all.add(absence(UDP, "8", "20"));
        assertThat(outcome(all)).isEqualTo(DOUBTFUL);
    }

    @Test
    void oneThatGetsOnlyAlertsProvesNothing() {
        List<Object> all = new ArrayList<>(downOnUdp());
        all.add(from(FILE, Story.events("5 1 down L4CON").get(0)));
        all.add(sign(FILE, "40"));
        all.add(absence(UDP, "8", "20"));
        assertThat(outcome(all)).isEqualTo(DOUBTFUL);
    }

    @Test
    void aFileOfThatTimeThatIsImportedLaterFillsIt() {
        List<Object> all = new ArrayList<>(downOnUdp());
        all.add(absence(UDP, "8", "20"));
        assertThat(outcome(all)).isEqualTo(DOUBTFUL);
        Story.events("""
                0 1 up
                5 1 down L4CON
                12 1 up
                55 1 down L4CON
                """).forEach(event -> all.add(from(FILE, event)));
        assertThat(outcome(all)).isEqualTo("""
                up 0..5, down 5..12, up 12..55, down 55..
                outage 5..12 up L4CON
                outage 55.. L4CON""");
    }

    @Test
    void otherNodesAreNotConcerned() {
        List<Object> all = new ArrayList<>(downOnUdp());
        Absence ofUs = (Absence) absence(UDP, "8", "20");
        all.add(new Absence("lb2", UDP, ofUs.fromAt(), ofUs.toAt(), "", 0));
        all.add(new Absence("", UDP, ofUs.fromAt(), ofUs.toAt(), "", 0));
        assertThat(outcome(all)).isEqualTo(NOTHING_LOST);
    }

    private static final String DOUBTFUL = """
            up 0..5, down 5..
            doubt 8..
            outage 5.. L4CON uncertain""";
    private static final String NOTHING_LOST = """
            up 0..5, down 5..
            outage 5.. L4CON""";

    private static List<HealthEvent> downOnUdp() {
        return Story.events("""
                0 1 up
                5 1 down L4CON
                """).stream().map(event -> from(UDP, event)).toList();
    }

    /** Both have the lines; UDP is away from 8 to 20. */
    private String carriedBy(List<Object> more) {
        List<Object> all = new ArrayList<>(downOnUdp());
        all.add(from(FILE, Story.events("0 1 up").get(0)));
        all.add(absence(UDP, "8", "20"));
        all.addAll(more);
        String expected = outcome(all);
        Collections.reverse(all);
        assertThat(outcome(all)).isEqualTo(expected);
        return expected;
    }

    private static HealthEvent from(String source, HealthEvent event) {
        return new HealthEvent(
                event.at(),
                event.precise(),
                event.receivedAt(),
                event.node(),
                event.pid(),
                event.tag(),
                event.severity(),
                event.message(),
                event.frame(),
                new Origin(source, event.origin().position(), 0, null));
    }

    private static Object absence(String source, String from, String to) {
        return new Absence(Story.NODE, source, Story.at(from), Story.at(to), "Risefall was stopped", 0);
    }

    private static Object sign(String source, String at) {
        Instant hour = Story.START.truncatedTo(ChronoUnit.HOURS);
        return new ProcessActivity(Story.NODE, source, 1L, hour, 1, 1, Story.at(at), Story.at(at));
    }

    private String outcome(List<Object> records) {
        try (TopologyRun run = new TopologyRun(folder)) {
            for (Object record : records) {
                if (record instanceof HealthEvent event) {
                    run.pipe(event);
                } else if (record instanceof ProcessActivity sign) {
                    run.pipe(sign);
                } else {
                    run.pipe((Absence) record);
                }
            }
            run.tick();
            return run.outcome();
        }
    }
}
