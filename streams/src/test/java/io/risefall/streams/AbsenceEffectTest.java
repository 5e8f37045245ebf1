package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody listened for a while: what stood then is doubtful until a line tells, and what that line tells of before. */
class AbsenceEffectTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                story("DOWN before it, and no line since", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        """, """
                        up 0..5, down 5..
                        doubt 8..
                        outage 5.. L4CON uncertain"""),
                story("an UP since: it was DOWN all along, or went DOWN again meanwhile", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 up
                        """, """
                        up 0..5, down 5..30, up 30..
                        doubt 8..20
                        outage 5..30 up L4CON"""),
                story("another DOWN since, of the same process: the UP was lost", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 down L4TOUT
                        33 1 up
                        """, """
                        up 0..5, down 5..8, unknown 8..20, up 20..30, down 30..33, up 33..
                        doubt 8..20
                        outage 5..8 unknown L4CON uncertain
                        outage 30..33 up L4TOUT"""),
                story("the same with log-health-checks, the fall's first checks lost as well", """
                        0 1 check pass 3/3 UP
                        5 1 check fail 0/2 DOWN L4CON
                        5 1 down
                        8 absent 20
                        30 1 check fail 0/2 DOWN L4TOUT
                        30.001 1 down
                        """, """
                        up 0..5, down 5..8, unknown 8..20, up 20..30.001, down 30.001..
                        doubt 8..20
                        outage 5..8 unknown L4CON joined first 5 uncertain
                        outage 30.001.. L4TOUT joined first 30"""),
                story("the same, though its last check line is that of before", """
                        0 1 check pass 3/3 UP
                        5 1 check fail 0/2 DOWN L4CON
                        5 1 down
                        8 absent 20
                        30 1 check fail 0/2 DOWN L4CON
                        30 1 down
                        """, """
                        up 0..5, down 5..8, unknown 8..20, up 20..30, down 30..
                        doubt 8..20
                        outage 5..8 unknown L4CON joined first 5 uncertain
                        outage 30.. L4CON joined first 30"""),
                story("the reason changed since: it was DOWN all along", """
                        0 1 check pass 3/3 UP
                        5 1 check fail 0/2 DOWN L4CON
                        5 1 down
                        8 absent 20
                        30 1 check fail 0/2 DOWN L7STS
                        """, """
                        up 0..5, down 5..
                        doubt 8..20
                        outage 5.. L4CON joined first 5"""),
                story("a check since that leaves it UP: it had recovered meanwhile", """
                        0 1 check pass 3/3 UP
                        5 1 check fail 0/2 DOWN L4CON
                        5 1 down
                        8 absent 20
                        30 1 check fail 2/3 UP L4CON
                        """, """
                        up 0..5, down 5..8, unknown 8..20, up 20..
                        doubt 8..20
                        outage 5..8 unknown L4CON joined first 5 uncertain"""),
                story("a rise since: it was DOWN", """
                        0 1 check pass 3/3 UP
                        5 1 check fail 0/2 DOWN L4CON
                        5 1 down
                        8 absent 20
                        28 1 check pass 1/2 DOWN
                        30 1 check pass 3/3 UP
                        30 1 up
                        """, """
                        up 0..5, down 5..30, up 30..
                        doubt 8..20
                        outage 5..30 up L4CON joined first 5 success 28"""),
                story("up before it, and no line since", """
                        0 1 up
                        8 absent 20
                        """, """
                        up 0..
                        doubt 8.."""),
                story("up before it, DOWN since: it was up just before", """
                        0 1 up
                        8 absent 20
                        30 1 down L4CON
                        """, """
                        up 0..30, down 30..
                        doubt 8..20
                        outage 30.. L4CON"""),
                story(
                        "up before it, and a failed check since that says DOWN: no line tells that it fell then",
                        """
                        0 1 check pass 3/3 UP
                        8 absent 20
                        30 1 check fail 0/2 DOWN L4CON
                        40 1 check pass 3/3 UP
                        40 1 up
                        """,
                        """
                        up 0..30, down 30..40, up 40..
                        doubt 8..20
                        outage 30..40 up L4CON joined first 30 success 40 uncertain"""),
                story("the same, and its DOWN line", """
                        0 1 check pass 3/3 UP
                        8 absent 20
                        30 1 check fail 0/2 DOWN L4CON
                        30 1 down
                        """, """
                        up 0..30, down 30..
                        doubt 8..20
                        outage 30.. L4CON joined first 30"""),
                story("up before it, and a rise since: when it went DOWN nobody knows", """
                        0 1 check pass 3/3 UP
                        8 absent 20
                        30 1 check pass 1/2 DOWN
                        31 1 up
                        """, """
                        up 0..8, unknown 8..30, down 30..31, up 31..
                        doubt 8..20
                        outage 30..31 up success 30 uncertain"""),
                story("maintenance before it, DOWN since: it had left maintenance", """
                        0 1 maint
                        8 absent 20
                        30 1 down L4CON
                        """, """
                        maint 0..8, unknown 8..20, up 20..30, down 30..
                        doubt 8..20
                        outage 30.. L4CON"""),
                story("maintenance before it, leaving maintenance since", """
                        0 1 maint
                        8 absent 20
                        30 1 ready up
                        """, """
                        maint 0..30, up 30..
                        doubt 8..20"""),
                story("maintenance before it, and checks since: nothing is checked in maintenance", """
                        0 1 check pass 3/3 UP
                        1 1 maint
                        8 absent 20
                        30 1 check fail 2/3 UP L4CON
                        """, """
                        up 0..1, maint 1..8, unknown 8..20, up 20..
                        doubt 8..20"""),
                story("DOWN before it, maintenance of a server that was not DOWN since", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 maint
                        """, """
                        up 0..5, down 5..8, unknown 8..20, up 20..30, maint 30..
                        doubt 8..20
                        outage 5..8 unknown L4CON uncertain"""),
                story("DOWN before it, leaving maintenance since: it went there meanwhile", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 ready up
                        """, """
                        up 0..5, down 5..8, unknown 8..20, maint 20..30, up 30..
                        doubt 8..20
                        outage 5..8 unknown L4CON uncertain"""),
                story("drain says by its counts whether it is DOWN", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 drain online=1
                        """, """
                        up 0..5, down 5..8, unknown 8..20, up 20..30, drain 30..
                        doubt 8..20
                        outage 5..8 unknown L4CON uncertain"""),
                story("a dump since tells", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 hup down
                        """, """
                        up 0..5, down 5..
                        doubt 8..20
                        outage 5.. L4CON"""),
                story("a dump since that says UP", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 hup up
                        """, """
                        up 0..5, down 5..8, unknown 8..20, up 20..
                        doubt 8..20
                        outage 5..8 unknown L4CON uncertain"""),
                story("its agent tells nothing of it", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 agent pass 1/1 UP
                        """, """
                        up 0..5, down 5..
                        doubt 8..
                        outage 5.. L4CON uncertain"""),
                story("away twice, and no line between", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        25 absent 27
                        30 1 down L4CON
                        """, """
                        up 0..5, down 5..8, unknown 8..27, up 27..30, down 30..
                        doubt 8..25
                        doubt 25..27
                        outage 5..8 unknown L4CON uncertain
                        outage 30.. L4CON"""),
                story("absent, a line, absent again", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        22 1 up
                        25 absent 27
                        """, """
                        up 0..5, down 5..22, up 22..
                        doubt 8..20
                        doubt 25..
                        outage 5..22 up L4CON"""),
                story("a line from within, which another source had: from then on as before", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        12 1 up
                        """, """
                        up 0..5, down 5..12, up 12..
                        doubt 8..
                        outage 5..12 up L4CON"""),
                story("a DOWN from within is doubtful as well", """
                        0 1 up
                        8 absent 20
                        12 1 down L4CON
                        """, """
                        up 0..12, down 12..
                        doubt 8..
                        outage 12.. L4CON uncertain"""),
                story("a DOWN from within, and its UP", """
                        0 1 up
                        8 absent 20
                        12 1 down L4CON
                        30 1 up
                        """, """
                        up 0..12, down 12..30, up 30..
                        doubt 8..20
                        outage 12..30 up L4CON"""),
                story("a stamp of whole seconds stands for all of its second", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20.3
                        20 1 up
                        """, """
                        up 0..5, down 5..20, up 20..
                        doubt 8..20.3
                        outage 5..20 up L4CON"""),
                story("a line of its begin was still received", """
                        0 1 up
                        8 1 down L4CON
                        8 absent 20
                        """, """
                        up 0..8, down 8..
                        doubt 8..
                        outage 8.. L4CON uncertain"""),
                story("a reload since, and DOWN at once: one outage, but who knows", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        25 reload
                        26 2 down L4CON
                        30 2 up
                        """, """
                        up 0..5, down 5..30, up 30..
                        doubt 8..26
                        outage 5..30 up L4CON uncertain"""),
                story("a reload before it that no line has settled", """
                        0 1 up
                        5 1 down L4CON
                        7 reload
                        8 absent 20
                        30 2 up
                        """, """
                        up 0..5, down 5..30, up 30..
                        doubt 8..30
                        outage 5..30 up L4CON uncertain"""),
                story(
                        "the first line of a server implies the time before it as far as all lines were received",
                        """
                        0 begin
                        8 absent 20
                        30 1 down L4CON
                        """,
                        """
                        up 20..30, down 30..
                        outage 30.. L4CON"""),
                story("an outage that was not certain before is not after", """
                        0 1 hup down
                        8 absent 20
                        30 1 up
                        """, """
                        down 0..30, up 30..
                        doubt 8..20
                        outage 0..30 up uncertain"""),
                story("a check that maintenance overtook tells nothing, though it came since", """
                        0 1 up
                        1 1 maint
                        2 absent 5
                        11 1 check fail 2/3 UP L4CON
                        """, """
                        up 0..1, maint 1..
                        doubt 2.."""),
                story("a check long after maintenance began: it has ended", """
                        0 1 up
                        1 1 maint
                        2 absent 5
                        11.001 1 check fail 2/3 UP L4CON
                        """, """
                        up 0..1, maint 1..2, unknown 2..5, up 5..
                        doubt 2..5"""),
                story("leaving maintenance soon after it began, and nobody listened meanwhile", """
                        0 1 up
                        1 1 maint
                        2 absent 5
                        6 1 ready up
                        """, """
                        up 0..1, maint 1..6, up 6..
                        doubt 2..5"""),
                story("a reload that no line has settled, nor a check since that may be the first one", """
                        0 1 down L4CON
                        5 reload
                        8 absent 20
                        30 2 check fail 2/3 UP L4CON
                        """, """
                        down 0..5, unknown 5..
                        doubt 8..
                        outage 0..5 unknown L4CON uncertain"""),
                story(
                        "DOWN by a check before it, UP since, and DOWN again: maintenance does not take back the second one",
                        """
                        0 1 up
                        5 1 check fail 0/2 DOWN L4CON
                        8 absent 20
                        30 1 check fail 2/3 UP L4CON
                        31 1 down
                        31.5 1 maint
                        """,
                        """
                        up 0..5, down 5..8, unknown 8..20, up 20..31, down 31..31.5, maint 31.5..
                        doubt 8..20
                        outage 5..8 unknown L4CON joined first 5 uncertain
                        outage 31..31.5 up L4CON joined first 30 uncertain"""),
                story("the name is gone since", """
                        0 1 up
                        5 1 down L4CON
                        8 absent 20
                        30 1 renamed
                        """, """
                        up 0..5, down 5..30
                        doubt 8..30
                        outage 5..30 removed L4CON uncertain"""));
    }

    private static Arguments story(String name, String lines, String expected) {
        return Arguments.of(name, lines, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void follows(String name, String lines, String expected) {
        assertThat(Story.outcome(lines)).isEqualTo(expected);
    }
}
