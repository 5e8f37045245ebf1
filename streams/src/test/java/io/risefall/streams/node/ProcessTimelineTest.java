package io.risefall.streams.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.streams.Story;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.process.Generations;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.process.ProcessFact.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What servers see of the processes of their node. Facts are {@code SECONDS PID word|stopped|exited [PROXY]}. */
class ProcessTimelineTest {
    private static final Duration REACH = Duration.ofDays(8);

    @Test
    void serversOfAProxySeeWhatConcernsIt() {
        ProcessTimeline timeline =
                timeline("0 1 word web", "1 1 word mail", "50 1 stopped mail", "60 1 exited", "90 2 word web");
        assertThat(timeline.inputs("web"))
                .containsExactly(
                        new StateInput.ProcessStarted(Story.at("0")),
                        new StateInput.ProcessEnded(Story.at("60")),
                        new StateInput.ProcessReplaced(Story.at("90"), 1, 2));
        assertThat(timeline.inputs("mail"))
                .containsExactly(
                        new StateInput.ProcessStarted(Story.at("0")),
                        new StateInput.ProxyStopped(Story.at("50")),
                        new StateInput.ProcessEnded(Story.at("60")),
                        new StateInput.ProcessReplaced(Story.at("90"), 1, 2));
        assertThat(timeline.inputs("other")).isEmpty();
    }

    @Test
    void aProxyThatALaterProcessBringsBeginsWithThatOne() {
        assertThat(timeline("0 1 word web", "5 2 word mail").inputs("mail"))
                .containsExactly(new StateInput.ProcessStarted(Story.at("5")));
    }

    @Test
    void anEndAndTheNextBeginInOneMoment() {
        assertThat(timeline("0 1 word web", "60 1 exited", "60 2 word web").inputs("web"))
                .containsExactly(
                        new StateInput.ProcessStarted(Story.at("0")),
                        new StateInput.ProcessReplaced(Story.at("60"), 1, 2));
    }

    @Test
    void whetherAnInputComesAfterALine() {
        ProcessTimeline timeline = timeline("0 1 word web", "50 2 word web");
        assertThat(timeline.hasInputAfter(event("49", 1L))).isTrue();
        assertThat(timeline.hasInputAfter(event("50", 1L)))
                .as("a line of the old process")
                .isTrue();
        assertThat(timeline.hasInputAfter(event("50", 2L))).isFalse();
        assertThat(timeline.hasInputAfter(event("51", 1L))).isFalse();
        assertThat(timeline("0 1 word mail", "50 2 word mail").hasInputAfter(event("49", 1L)))
                .as("of another proxy")
                .isFalse();
        assertThat(timeline("0 1 word web", "50 1 stopped web").hasInputAfter(event("49", 1L)))
                .isTrue();
        assertThat(timeline("0 1 word web", "50 1 exited").hasInputAfter(event("49", 1L)))
                .isTrue();
    }

    @Test
    void linesWithoutPidsCountWhereThereAreNoOthers() {
        Processes stopped = Processes.NONE.apply(
                Story.at("50"), new ProxyNotice("web", ProxyNotice.What.STOPPED, null, List.of(), null));
        ProcessTimeline timeline = ProcessTimeline.of(stopped);
        assertThat(timeline.newestChange()).isEqualTo(Story.at("50"));
        assertThat(timeline.hasInputAfter(event("49", null))).isTrue();
        assertThat(ProcessTimeline.of(stopped.alive(Story.at("119"))).inputs("web"))
                .as("to the minute")
                .containsExactly(new StateInput.ProcessReplaced(Story.at("50"), -1, -1));
        assertThat(ProcessTimeline.of(stopped.alive(Story.at("59"))).inputs("web"))
                .containsExactly(new StateInput.ProxyStopped(Story.at("50")));
    }

    @Test
    void whichProxiesSeeOtherStops() {
        ProcessTimeline before = timeline("0 1 word web", "1 1 word mail");
        assertThat(before.proxiesWithOtherStops(before)).isEmpty();
        ProcessTimeline stopped = timeline("0 1 word web", "1 1 word mail", "50 1 stopped mail");
        assertThat(stopped.proxiesWithOtherStops(before)).containsExactly("mail");
        assertThat(before.proxiesWithOtherStops(stopped)).containsExactly("mail");
        assertThat(timeline("0 1 word web", "1 1 word mail", "50 1 stopped mail", "50 1 stopped web")
                        .proxiesWithOtherStops(stopped))
                .containsExactly("web");
        assertThat(timeline("0 1 word web", "1 1 word mail", "49 1 stopped mail")
                        .proxiesWithOtherStops(stopped))
                .containsExactly("mail");
    }

    @Test
    void everyServerMaySeeAnotherProcess() {
        ProcessTimeline before = timeline("0 1 word web");
        assertThat(timeline("0 1 word web", "50 2 word web").proxiesWithOtherStops(before))
                .as("a reload")
                .isNull();
        assertThat(timeline("0 1 word web", "50 2 word mail").proxiesWithOtherStops(before))
                .as("another HAProxy")
                .isNull();
        assertThat(timeline("0 2 word web").proxiesWithOtherStops(before))
                .as("another pid")
                .isNull();
        assertThat(timeline("-1 1 word web").proxiesWithOtherStops(before))
                .as("another begin")
                .isNull();
        assertThat(timeline("0 1 word web", "50 1 exited").proxiesWithOtherStops(before))
                .as("its end")
                .isNull();
        Processes withoutPid = new Processes(
                before.processes().generations(),
                new PidlessProcess(Map.of("web", List.of(Story.at("5"))), null),
                null);
        assertThat(ProcessTimeline.of(withoutPid).proxiesWithOtherStops(before))
                .as("a stop without a pid")
                .isNull();
    }

    @Test
    void afterEachFactItIsAsIfItFollowedFromAllOfThem() {
        Processes processes = Processes.NONE;
        ProcessTimeline timeline = ProcessTimeline.of(processes);
        for (String fact : List.of(
                "0 1 word web",
                "0.5 1 word web",
                "1 1 word mail",
                "20 2 word web",
                "21 2 stopped web",
                "30 2 exited")) {
            processes = processes.after(fact(fact), REACH);
            timeline = timeline.after(processes);
            assertThat(timeline).as(fact).isEqualTo(ProcessTimeline.of(processes));
        }
        Processes alive = processes.alive(Story.at("200"));
        assertThat(timeline.after(alive)).as("without a pid").isEqualTo(ProcessTimeline.of(alive));
    }

    @Test
    void aLineThatSaysNothingNewOfItsProcessCostsNoNewTimeline() {
        ProcessTimeline before = timeline("0 1 word web", "5.1 1 word mail");
        Processes later = before.processes().after(fact("5.2 1 word web"), REACH);
        ProcessTimeline after = before.after(later);
        assertThat(after.processes()).isEqualTo(later).isNotEqualTo(before.processes());
        assertThat(after.lifetimes()).isSameAs(before.lifetimes());
        assertThat(after.serving()).isSameAs(before.serving());
    }

    @Test
    void theLastLineOfAnyProcess() {
        assertThat(Processes.NONE.lastHeard()).isNull();
        assertThat(processes("0 1 word web", "70 2 word mail", "30 1 word web").lastHeard())
                .isEqualTo(Story.at("70"));
    }

    @Test
    void theFactsOfAnOlderBuild() {
        Processes stored = new Processes(
                Generations.NONE,
                PidlessProcess.NONE,
                List.of(
                        new Processes.Span(
                                7,
                                Story.at("0"),
                                Story.at("9"),
                                Set.of("web"),
                                Map.of("web", Story.at("50")),
                                Story.at("60")),
                        new Processes.Span(8, Story.at("90"), null, Set.of(), Map.of(), null)));
        assertThat(stored.factsOfSpans())
                .containsExactly(
                        ProcessFact.alive(7, Story.at("0"), Story.at("60")),
                        ProcessFact.stopped(7, Story.at("50"), "web"),
                        ProcessFact.mentioned(7, Story.at("0"), "web"),
                        ProcessFact.alive(8, Story.at("90"), Story.at("90")));
        assertThat(Processes.NONE.factsOfSpans()).isEmpty();
        assertThat(stored.withoutSpans(Generations.NONE)).isEqualTo(Processes.NONE);
    }

    private static ProcessTimeline timeline(String... facts) {
        return ProcessTimeline.of(processes(facts));
    }

    private static Processes processes(String... texts) {
        List<ProcessFact> facts =
                Stream.of(texts).map(ProcessTimelineTest::fact).toList();
        return Processes.NONE.with(Generations.of(facts, REACH));
    }

    private static ProcessFact fact(String text) {
        String[] parts = text.split(" ");
        Kind kind = switch (parts[2]) {
            case "word" -> Kind.WORD;
            case "stopped" -> Kind.STOPPED;
            default -> Kind.EXITED;
        };
        return new ProcessFact(
                Story.at(parts[0]),
                Long.parseLong(parts[1]),
                kind,
                parts.length > 3 ? parts[3] : "",
                true,
                kind == Kind.EXITED ? 99L : null,
                null,
                null);
    }

    private static HealthEvent event(String at, Long pid) {
        return new HealthEvent(
                Story.at(at),
                true,
                Story.at(at),
                Story.NODE,
                pid,
                "haproxy",
                null,
                Story.message("0 1 down".split(" ")),
                new LineFrame("", null, null),
                new Origin("a", 0, 0, null));
    }
}
