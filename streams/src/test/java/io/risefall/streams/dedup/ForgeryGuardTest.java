package io.risefall.streams.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.streams.Story;
import io.risefall.streams.model.Line;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A DOWN line that leaves no server waits for a proof where a client can have printed it. Lines are {@code SECONDS PID WORDS}. */
class ForgeryGuardTest {
    private static final String DOWN = "5 1 down L4CON left=0";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 1 down L4CON left=0 | true",
                "5 1 down left=0 | true",
                "5 1 down L4CON left=1 | false",
                "5 1 down L4CON | false",
                "5 1 down via b/x left=0 | false",
                "5 1 down state-file left=0 | false",
                "5 1 stopping left=0 | false",
                "5 1 check fail 0/2 DOWN | false",
            })
    void whichLinesNeedAProof(String line, boolean expected) {
        assertThat(ForgeryGuard.possible(line(line))).isEqualTo(expected);
    }

    @Test
    void aSeverityThatTrafficHasNotIsProofEnough() {
        Line line = line(DOWN);
        assertThat(ForgeryGuard.possible(new Line(line.at(), 1L, Severity.ALERT, line.message())))
                .isFalse();
        assertThat(ForgeryGuard.possible(new Line(line.at(), 1L, Severity.INFO, line.message())))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing else | | true",
                "the backend is reported as empty | 5 1 empty | false",
                "within a second after it | 6 1 empty | false",
                "within a second before it | 4 1 empty | false",
                "later than that | 6.001 1 empty | true",
                "by another process | 5 2 empty | true",
                "it was empty before | 1 1 empty | false",
                "and was filled since | 1 1 empty; 3 1 up left=1 | true",
                "and emptied again | 1 1 empty; 2 1 up left=1; 3 1 empty | false",
                "and a server left that was none of the last | 1 1 empty; 3 1 down left=0 | false",
                "and is filled only later | 1 1 empty; 7 1 up left=1 | false",
                "filled in the same moment | 1 1 empty; 5 1 up left=1 | false",
            })
    void whatProvesIt(String what, String backend, boolean suspected) {
        List<Line> lines = backend == null
                ? List.of()
                : Stream.of(backend.split(";")).map(ForgeryGuardTest::line).toList();
        assertThat(new ForgeryGuard(lines).isSuspected(line(DOWN), null))
                .as(what)
                .isEqualTo(suspected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9 1 up | false",
                "9 1 was-down-maint | false",
                "9 1 maint | true",
                "9 1 down | true",
                "9 1 stopping | true"
            })
    void aLaterUpProvesIt(String next, boolean suspected) {
        assertThat(new ForgeryGuard(List.of()).isSuspected(line(DOWN), line(next)))
                .isEqualTo(suspected);
    }

    @Test
    void whatNeedsNoProofIsNotSuspected() {
        assertThat(new ForgeryGuard(List.of()).isSuspected(line("5 1 down L4CON left=1"), null))
                .isFalse();
        assertThat(ForgeryGuard.isSwitch(line("5 1 up"))).isTrue();
        assertThat(ForgeryGuard.isSwitch(line("5 1 empty"))).isFalse();
    }

    private static Line line(String text) {
        String[] parts = text.trim().split(" ");
        boolean empty = parts[2].equals("empty");
        return new Line(
                Story.at(parts[0]),
                Long.valueOf(parts[1]),
                null,
                empty ? new BackendEmpty("web", "backend") : Story.message(parts));
    }
}
