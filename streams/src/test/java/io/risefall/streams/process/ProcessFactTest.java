package io.risefall.streams.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.streams.Story;
import io.risefall.streams.process.ProcessFact.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one line tells of its process, and which lines are stale. */
class ProcessFactTest {
    /** Servers begin UP: a rise, or the middle of a fall, is of a process that has run for a while. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "down | WORD | true",
                "up | WORD | false",
                "was-down-maint | WORD | false",
                "maint | WORD | true",
                "down state-file | MENTION | true",
                "check fail 0/2 DOWN | WORD | true",
                "check fail 1/3 UP | WORD | false",
                "check pass 1/3 DOWN | WORD | false",
                "check pass 3/3 UP | WORD | true",
                "agent fail 1/3 UP | WORD | true",
                "agent pass 1/3 DOWN | WORD | true",
                "hup up | WORD | true",
            })
    void withWhichLinesAProcessCanBegin(String words, Kind kind, boolean opening) {
        ProcessFact fact = ProcessFact.of(Story.at("5"), 1, Story.message(("5 1 " + words).split(" ")));
        assertThat(fact.kind()).isEqualTo(kind);
        assertThat(fact.opening()).isEqualTo(opening);
        assertThat(fact.proxy()).isEqualTo("web");
    }

    @Test
    void noneBeginsWithAnEmptyBackend() {
        assertThat(ProcessFact.of(Story.at("5"), 1, new BackendEmpty("web", "backend"))
                        .opening())
                .isFalse();
    }

    @Test
    void signsOfLifeReachToTheMinute() {
        assertThat(sign("65", "190").until()).isEqualTo(Story.at("180"));
        assertThat(sign("65", "70").until()).as("not before the first").isEqualTo(Story.at("65"));
        assertThat(sign("65", "190").at()).isEqualTo(Story.at("65"));
    }

    @Test
    void factsOfOneSlotAreMerged() {
        assertThat(word("5.2").slot()).isEqualTo(Story.at("5"));
        assertThat(sign("65.5", "190").slot()).isEqualTo(Story.START);
        assertThat(ProcessFact.stopped(1, Story.at("5.2"), "web").slot()).isEqualTo(Story.at("5.2"));

        assertThat(word("5.2", true).with(word("5.7", false))).isEqualTo(word("5.2", true));
        assertThat(word("5.7", false).with(word("5.2", true))).isEqualTo(word("5.2", true));
        assertThat(word("5.2", false).with(word("5.7", true))).isEqualTo(word("5.2", false));
        assertThat(word("5", true).with(word("5.7", false)))
                .as("a fraction wins")
                .isEqualTo(word("5.7", false));
        assertThat(word("5.7", false).with(word("5", true))).isEqualTo(word("5.7", false));
        assertThat(word("5", true).with(word("5", false))).isEqualTo(word("5", false));
        assertThat(word("5", true).with(word("5", true))).isEqualTo(word("5", true));

        ProcessFact merged = sign("70", "200").with(sign("65", "130"));
        assertThat(merged.at()).isEqualTo(Story.at("65"));
        assertThat(merged.until()).isEqualTo(Story.at("180"));
        assertThat(sign("65", "130").with(sign("70", "200")).until()).isEqualTo(Story.at("180"));
        assertThat(word("5").with(word("5.5")).until()).isNull();
    }

    @Test
    void whichAddsOnlyAFraction() {
        assertThat(word("5.2").isFinerThan(word("5"))).isTrue();
        assertThat(word("5").isFinerThan(word("5"))).isFalse();
        assertThat(word("5").isFinerThan(word("5.2"))).isFalse();
        assertThat(sign("65", "130").isFinerThan(sign("60", "130"))).isFalse();
    }

    @Test
    void aFractionWinsOverItsWholeSecondAndElseTheEarlier() {
        for (List<String> times : List.of(
                List.of("5", "5.7", "5.7"),
                List.of("5.2", "5.7", "5.2"),
                List.of("5", "6", "5"),
                List.of("4.9", "5", "4.9"))) {
            Instant one = Story.at(times.get(0));
            Instant other = Story.at(times.get(1));
            assertThat(ProcessFact.earlier(one, other)).as("%s", times).isEqualTo(Story.at(times.get(2)));
            assertThat(ProcessFact.earlier(other, one)).as("%s", times).isEqualTo(Story.at(times.get(2)));
        }
    }

    /** Process 1 was replaced by 2 at 10, that by 3 at 20, and that by another 1 at 30. */
    @ParameterizedTest
    @CsvSource({
        "1, web, 9, false",
        "1, web, 10, false",
        "1, web, 10.001, true",
        "1, web, 25, true",
        "1, web, 30, false",
        "1, web, 31, false",
        "2, web, 15, false",
        "2, web, 21, true",
        "2, web, 31, true",
        "3, web, 31, true",
        "1, mail, 15, false",
        "2, mail, 21, true",
        "1, mail, 31, false",
        "7, web, 31, false",
    })
    void whoseLinesAreStale(long pid, String proxy, String at, boolean stale) {
        List<Reload> reloads = Stream.of(
                        new Reload(Story.at("10"), 2, 1, Set.of("web")),
                        new Reload(Story.at("20"), 3, 2, Set.of("web", "mail")),
                        new Reload(Story.at("30"), 1, 3, Set.of("web")))
                .toList();
        assertThat(Reload.isStale(reloads, pid, proxy, Story.at(at))).isEqualTo(stale);
    }

    private static ProcessFact word(String at) {
        return word(at, true);
    }

    private static ProcessFact word(String at, boolean opening) {
        return new ProcessFact(Story.at(at), 1, Kind.WORD, "web", opening, null, null, null);
    }

    private static ProcessFact sign(String first, String last) {
        return ProcessFact.of(
                new ProcessActivity(Story.NODE, "udp", 1L, Story.START, 1, 1, Story.at(first), Story.at(last)), 1);
    }
}
