package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.state.Rollup;
import io.risefall.streams.model.OutputRecord;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How many failures and DOWNs are counted, by minute and reason: {@code MINUTE REASON FAILURES DOWNS SLOWEST}. */
class FailureCountsTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                story("a DOWN line with its reason is a failure", """
                        0 1 up
                        5 1 down L4CON
                        """, "0 L4CON 1 1 1ms"),
                story(
                        "a DOWN line without, of a server whose checks are not logged, is none that has a reason",
                        """
                        0 1 up
                        5 1 down
                        """,
                        ""),
                story("checks that are logged: each is a failure, one of them marked it DOWN", """
                        0 1 check fail 2/3 UP L4CON
                        1 1 check fail 1/3 UP L7STS:503:12
                        2 1 check fail 0/2 DOWN L7STS:503:7
                        2 1 down
                        """, """
                        0 L4CON 1 0 1ms
                        0 L7STS/503 2 1 12ms"""),
                story("the slowest, in any order", """
                        0 1 check fail 2/3 UP L7STS:503:7
                        1 1 check fail 1/3 UP L7STS:503:12
                        """, "0 L7STS/503 2 0 12ms"),
                story("how long it took, where a line says", """
                        0 1 check fail 3/4 UP L4CON::-
                        1 1 check fail 2/4 UP L4CON::5
                        2 1 check fail 1/4 UP L4CON::-
                        """, "0 L4CON 3 0 5ms"),
                story("no line says how long", """
                        0 1 check fail 3/4 UP L4CON::-
                        1 1 check fail 2/4 UP L4CON::-
                        """, "0 L4CON 2 0 -"),
                story("passed checks are none", """
                        0 1 check pass 3/3 UP
                        5 1 check pass 2/3 UP
                        """, ""),
                story("a failed check without its reason has no row", """
                        0 1 up
                        3 1 check fail 2/3 UP -
                        4 1 check fail 0/3 DOWN -
                        """, ""),
                story("each minute has its own", """
                        50 1 check fail 2/4 UP L4CON
                        59.999 1 check fail 1/4 UP L4CON
                        60 1 check fail 0/4 DOWN L4CON
                        """, """
                        0 L4CON 2 0 1ms
                        1 L4CON 1 1 1ms"""),
                story("a code is a reason of its own", """
                        0 1 check fail 2/3 UP L7STS:500
                        1 1 check fail 1/3 UP L7STS:503
                        2 1 check fail 2/4 UP L7STS:500
                        """, """
                        0 L7STS/500 2 0 1ms
                        0 L7STS/503 1 0 1ms"""),
                story("a repeated line counts once", """
                        0 1 check fail 2/3 UP L7STS:503
                        0 1 check fail 2/3 UP L7STS:503
                        """, "0 L7STS/503 1 0 1ms"),
                story("a line that differs in one thing is not repeated", """
                        0 1 check fail 2/4 UP L7STS:503
                        1 1 check fail 1/4 UP L7STS:503
                        2 1 check fail 1/5 UP L7STS:503
                        3 1 check fail 1/5 UP L7RSP:503
                        4 1 check fail 1/5 UP L7RSP:500
                        5 1 check fail 1/5 UP -
                        6 1 check fail 1/5 UP L7RSP:500
                        7 2 check fail 1/5 UP L7RSP:500
                        8 2 check pass 1/5 UP L7RSP:500
                        9 2 check fail 1/5 UP L7RSP:500
                        """, """
                        0 L7RSP/500 4 0 1ms
                        0 L7RSP/503 1 0 1ms
                        0 L7STS/503 3 0 1ms"""),
                story("a process with the pid of the one before repeats nothing", """
                        0 8 check fail 0/2 DOWN L4CON
                        50 restart
                        51 8 check fail 0/2 DOWN L4CON
                        """, "0 L4CON 2 1 1ms"),
                story("agents are told apart from health checks", """
                        0 1 check fail 1/2 UP L7STS
                        1 1 agent fail 1/2 UP L7STS
                        1 1 check fail 1/2 UP L7STS
                        """, "0 L7STS 2 0 1ms"),
                story(
                        "a DOWN line whose reason is joined: the check line before it was the failure",
                        """
                        0 1 up
                        4 1 check fail 1/3 UP L4CON
                        5 1 down
                        """,
                        "0 L4CON 1 1 1ms"),
                story("maintenance overtakes the check: it was not DOWN, and yet failed", """
                        0 1 up
                        5 1 check fail 0/2 DOWN L4CON
                        5.001 1 maint
                        """, "0 L4CON 1 0 1ms"),
                story("the same in the next minute, of which there are no counts yet", """
                        0 1 check fail 2/3 UP L4TOUT
                        59.5 1 check fail 0/2 DOWN L4CON
                        60.5 1 agent fail 1/2 UP L7STS
                        60.6 1 maint
                        """, """
                        0 L4CON 1 1 1ms
                        0 L4TOUT 1 0 1ms
                        1 L7STS 1 0 1ms"""),
                story("overtaken, and no reason to take back", """
                        0 1 check fail 2/3 UP L4CON
                        5 1 check fail 0/2 DOWN -
                        5.001 1 maint
                        """, "0 L4CON 1 0 1ms"),
                story("a second reason while it is DOWN is a failure, not a DOWN", """
                        0 1 check fail 0/2 DOWN L4CON
                        0 1 down
                        3 1 check fail 0/2 DOWN L7STS
                        """, """
                        0 L4CON 1 1 1ms
                        0 L7STS 1 0 1ms"""));
    }

    private static Arguments story(String name, String lines, String expected) {
        return Arguments.of(name, lines, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void counts(String name, String lines, String expected) {
        assertThat(Story.emitted(lines).stream()
                        .map(OutputRecord::value)
                        .filter(Rollup.class::isInstance)
                        .map(value -> text((Rollup) value))
                        .sorted()
                        .collect(Collectors.joining("\n")))
                .isEqualTo(expected);
    }

    private static String text(Rollup rollup) {
        long minute = Duration.between(Story.START, rollup.minute()).toMinutes();
        String slowest = rollup.maxDurationMillis() == null ? "-" : rollup.maxDurationMillis() + "ms";
        return minute + " " + rollup.reason() + (rollup.code() == null ? "" : "/" + rollup.code()) + " "
                + rollup.failures() + " " + rollup.downs() + " " + slowest;
    }
}
