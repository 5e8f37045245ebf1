package io.risefall.streams.absence;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.state.Absence;
import io.risefall.streams.Story;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which absences of sources are absences of a proxy's lines: those that no other source filled. */
class NodeAbsencesTest {
    /** {@code file} carries the proxy's lines from 0 on. */
    private static final SourceCoverage FILE = SourceCoverage.NONE.with(event("file", "0", "0 1 up"));

    @Test
    void inOrderAndWithoutOverlap() {
        assertThat(of(
                        absent("b", "30", "40"),
                        absent("a", "8", "20"),
                        absent("b", "10", "25"),
                        absent("a", "25", "26")))
                .isEqualTo("8..26, 30..40");
        assertThat(of(absent("a", "8", "20"), absent("b", "10", "15"))).isEqualTo("8..20");
        assertThat(of(absent("a", "8", "20"), absent("b", "20.001", "25"))).isEqualTo("8..20, 20.001..25");
        assertThat(of(absent("a", "8", "20"), absent("a", "8", "20"))).isEqualTo("8..20");
        assertThat(of()).isEmpty();
    }

    @Test
    void anotherSourceThatCarriedTheProxyAndSpokeSinceFillsIt() {
        NodeAbsences absences = with(absent("udp", "8", "20"));
        assertThat(text(absences.lineReceived("file", Story.at("20")).of(FILE))).isEmpty();
        assertThat(text(absences.lineReceived("file", Story.at("19")).of(FILE)))
                .as("not since")
                .isEqualTo("8..20");
        assertThat(text(absences.lineReceived("udp", Story.at("50")).of(FILE)))
                .as("the same source")
                .isEqualTo("8..20");
        assertThat(text(absences.lineReceived("file", Story.at("50")).of(SourceCoverage.NONE)))
                .as("it carried none of the proxy's lines")
                .isEqualTo("8..20");
    }

    @Test
    void notIfItWasAbsentItselfMeanwhile() {
        assertThat(text(with(absent("udp", "8", "20"), absent("file", "20", "21"))
                        .lineReceived("file", Story.at("50"))
                        .of(FILE)))
                .as("one after the other")
                .isEqualTo("20..21");
        assertThat(text(with(absent("udp", "8", "20"), absent("file", "3", "8"))
                        .lineReceived("file", Story.at("50"))
                        .of(FILE)))
                .as("one before the other")
                .isEqualTo("3..8");
        assertThat(text(with(absent("udp", "8", "20"), absent("file", "19", "21"))
                        .lineReceived("file", Story.at("50"))
                        .of(FILE)))
                .isEqualTo("8..21");
    }

    /** What changes within ten seconds is not stored. */
    @Test
    void lastLinesAreKeptInStepsOfTenSeconds() {
        NodeAbsences once = NodeAbsences.NONE.lineReceived("a", Story.at("12"));
        assertThat(once.lastLines()).containsEntry("a", Story.at("10"));
        assertThat(once.lineReceived("a", Story.at("19.999"))).isSameAs(once);
        assertThat(once.lineReceived("a", Story.at("3"))).isSameAs(once);
        assertThat(once.lineReceived("a", Story.at("20")).lastLines()).containsEntry("a", Story.at("20"));
    }

    @Test
    void ofManySourcesTheOneThatWasSilentForLongestIsForgotten() {
        NodeAbsences absences = NodeAbsences.NONE;
        for (int i = 0; i < 65; i++) {
            absences = absences.lineReceived("s" + i, Story.at(String.valueOf(1000 - i * 10)));
        }
        assertThat(absences.lastLines()).hasSize(64).containsKey("s0").doesNotContainKey("s64");
    }

    @Test
    void ofManyAbsencesTheOldestAreForgotten() {
        NodeAbsences absences = NodeAbsences.NONE;
        for (int i = 0; i < 501; i++) {
            absences = absences.with(absent("a", String.valueOf(i * 10), String.valueOf(i * 10 + 1)));
        }
        assertThat(absences.missed()).hasSize(500);
        assertThat(absences.missed().get(0).from()).isEqualTo(Story.at("10"));
    }

    @Test
    void whetherServersMaySeeADifference() {
        NodeAbsences absent = with(absent("udp", "8", "20"));
        assertThat(absent.differsFrom(NodeAbsences.NONE)).isTrue();
        assertThat(absent.differsFrom(absent)).isFalse();
        assertThat(absent.lineReceived("file", Story.at("19")).differsFrom(absent))
                .isFalse();
        NodeAbsences spoke = absent.lineReceived("file", Story.at("20"));
        assertThat(spoke.differsFrom(absent)).isTrue();
        assertThat(spoke.lineReceived("file", Story.at("50")).differsFrom(spoke))
                .isFalse();
        assertThat(NodeAbsences.NONE.lineReceived("file", Story.at("50")).differsFrom(NodeAbsences.NONE))
                .isFalse();
    }

    @Test
    void whetherOneBeganSince() {
        assertThat(NodeAbsences.NONE.reachBeyond(Story.at("0"))).isFalse();
        assertThat(with(absent("udp", "8", "20")).reachBeyond(Story.at("8"))).isTrue();
        assertThat(with(absent("udp", "8", "20")).reachBeyond(Story.at("8.001")))
                .isFalse();
    }

    @Test
    void sinceWhenASourceCarriesAProxy() {
        assertThat(FILE.carried("file", Story.at("0"))).isTrue();
        assertThat(FILE.carried("file", Story.at("-1"))).isFalse();
        assertThat(FILE.carried("udp", Story.at("0"))).isFalse();
        assertThat(FILE.with(event("file", "-5", "0 1 up")).carried("file", Story.at("-5")))
                .isTrue();
        assertThat(FILE.with(event("file", "5", "0 1 up"))).isSameAs(FILE);
        assertThat(FILE.with(event("file", "0", "0 1 up"))).isSameAs(FILE);
    }

    /** A log target of level alert gets them as well, and nothing else. */
    @Test
    void alertsDoNotShowIt() {
        for (String line : List.of("0 1 down", "0 1 maint")) {
            assertThat(SourceCoverage.NONE.with(event("file", "0", line)))
                    .as(line)
                    .isEqualTo(SourceCoverage.NONE);
        }
        for (String line : List.of("0 1 up", "0 1 check pass 3/3 UP", "0 1 was-down-maint")) {
            assertThat(SourceCoverage.NONE.with(event("file", "0", line)).since())
                    .as(line)
                    .containsKey("file");
        }
    }

    @Test
    void ofManySourcesTheYoungestIsForgotten() {
        SourceCoverage coverage = SourceCoverage.NONE;
        for (int i = 0; i < 65; i++) {
            coverage = coverage.with(event("s" + i, String.valueOf(1000 - i), "0 1 up"));
        }
        assertThat(coverage.since()).hasSize(64).doesNotContainKey("s0").containsKey("s64");
    }

    private static NodeAbsences with(Absence... all) {
        NodeAbsences absences = NodeAbsences.NONE;
        for (Absence absence : all) {
            absences = absences.with(absence);
        }
        return absences;
    }

    private static String of(Absence... all) {
        return text(with(all).of(SourceCoverage.NONE));
    }

    private static String text(List<AbsencePeriod> periods) {
        return periods.stream()
                .map(period -> Story.span(period.from(), period.until()))
                .collect(Collectors.joining(", "));
    }

    private static Absence absent(String source, String from, String until) {
        return new Absence(Story.NODE, source, Story.at(from), Story.at(until), "Risefall was stopped", 0);
    }

    private static HealthEvent event(String source, String at, String line) {
        return new HealthEvent(
                Story.at(at),
                true,
                Story.at(at),
                Story.NODE,
                1L,
                "haproxy",
                null,
                Story.message(line.split(" ")),
                new LineFrame("", null, null),
                new Origin(source, 0, 0, null));
    }
}
