package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.process.Reload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which process replaced which, from lines {@code SECONDS PID PROXY}. */
class ProcessesTest {
    @Test
    void aNewPidThatSpeaksOfTheSameProxyTakesOver() {
        assertThat(reloads("0 1 web", "5 1 api", "10 2 api", "11 2 web")).containsExactly("10.0 1->2");
    }

    @Test
    void lastLinesOfTheOldWorkerDoNotMatter() {
        assertThat(reloads("0 1 web", "10 2 web", "11 1 web", "20 2 web")).containsExactly("10.0 1->2");
    }

    @Test
    void twoThatGoOnSideBySideAreNoReload() {
        assertThat(reloads("0 1 web", "10 2 web", "30 1 web", "40 2 web")).isEmpty();
    }

    /** HAProxy 2.0: the master reads the server-state file at each reload, and forks. */
    @Test
    void aMasterThatTellsWhatIsCarriedOverIsNoHaproxyBesideItsWorkers() {
        ProcessLog log = new ProcessLog();
        for (String line :
                List.of("0 1 down", "5 9 down state-file", "6 2 down", "15 9 down state-file", "16 3 down")) {
            String[] parts = line.split(" ");
            log.apply(Long.parseLong(parts[1]), Story.at(parts[0]), Story.message(parts));
        }
        assertThat(ProcessTimeline.of(log.processes()).reloads())
                .extracting(Reload::pid)
                .containsExactly(9L, 2L, 3L);
    }

    /** One source has whole seconds and another fractions: the old process speaks in the second in which the new one begins. */
    @Test
    void aFractionTellsWhereInItsSecondAProcessBegan() {
        for (boolean signFirst : new boolean[] {true, false}) {
            ProcessLog log = new ProcessLog().apply(1L, Story.at("0"), Story.message("0 1 down".split(" ")));
            ProcessActivity sign =
                    new ProcessActivity(Story.NODE, "udp", 2L, Story.START, 1, 1, Story.at("9"), Story.at("9"));
            if (signFirst) {
                log.apply(sign);
            }
            log.apply(1L, Story.at("9.05"), Story.message("9.05 1 up".split(" ")))
                    .apply(2L, Story.at("9.8"), Story.message("9.8 2 down".split(" ")));
            if (!signFirst) {
                log.apply(sign);
            }
            assertThat(log.reloads()).as("sign first: " + signFirst).containsExactly("9.8 1->2");
        }
    }

    @Test
    void aStopIsWhereInItsSecondAFractionTells() {
        ProcessLog log = new ProcessLog()
                .apply(1L, Story.at("0"), new BackendEmpty("web", "backend"))
                .apply(1L, Story.at("9"), stopped("web"))
                .apply(1L, Story.at("9.7"), stopped("web"));
        assertThat(log.inputs("web"))
                .containsExactly(
                        new StateInput.ProcessStarted(Story.at("0")), new StateInput.ProxyStopped(Story.at("9.7")));
    }

    @Test
    void twoThatSpeakOfDifferentProxiesAreNoReload() {
        assertThat(reloads("0 1 web", "10 2 mail")).isEmpty();
    }

    @Test
    void reloadsFollowEachOther() {
        assertThat(reloads("0 1 web", "10 2 web", "11 3 web")).containsExactly("10.0 1->2", "11.0 2->3");
    }

    /** Whole seconds: the host starts so many programs that its pids begin again while HAProxy is reloaded. */
    @Test
    void pidsComeRoundWithinASecond() {
        assertThat(reloads("0 32630 web", "10 32700 web", "10 310 web", "20 310 web"))
                .containsExactly("10.0 32630->32700", "10.0 32700->310");
        assertThat(reloads("0 32630 web", "10 310 web", "10 32700 web", "10 350 web", "20 350 web"))
                .containsExactly("10.0 32630->32700", "10.0 32700->310", "10.0 310->350");
        assertThat(reloads("0 31 web", "10 310 web", "10 16690 web", "20 16690 web"))
                .containsExactly("10.0 31->310", "10.0 310->16690");
    }

    /** Whole seconds: the second process, that took over before, stops in the second in which the third one begins. */
    @Test
    void aStopInTheSecondOfATakeoverCameBeforeIt() {
        ProcessLog log = new ProcessLog()
                .apply(1L, Story.at("0"), new BackendEmpty("web", "backend"))
                .apply(2L, Story.at("27"), new BackendEmpty("web", "backend"))
                .apply(3L, Story.at("28"), new BackendEmpty("web", "backend"))
                .apply(2L, Story.at("28"), stopped("web"));
        assertThat(log.inputs("web"))
                .containsExactly(
                        new StateInput.ProcessStarted(Story.at("0")),
                        new StateInput.ProcessReplaced(Story.at("27"), 1, 2),
                        new StateInput.ProxyStopped(Story.at("28")),
                        new StateInput.ProcessReplaced(Story.at("28"), 2, 3));
    }

    /** It began, took over and ended within one second. */
    @Test
    void aStopInTheSecondOfItsOwnTakeoverCameAfterIt() {
        ProcessLog log = new ProcessLog()
                .apply(1L, Story.at("0"), new BackendEmpty("web", "backend"))
                .apply(2L, Story.at("27"), new BackendEmpty("web", "backend"))
                .apply(2L, Story.at("27"), stopped("web"));
        assertThat(log.inputs("web"))
                .containsExactly(
                        new StateInput.ProcessStarted(Story.at("0")),
                        new StateInput.ProcessReplaced(Story.at("27"), 1, 2),
                        new StateInput.ProxyStopped(Story.at("27")));
    }

    @Test
    void whereSomeLinesHavePidsTheOthersTellOfNoReload() {
        ProcessLog without = new ProcessLog()
                .apply(null, Story.at("5"), stopped("web"))
                .apply(null, Story.at("60"), new BackendEmpty("web", "backend"));
        assertThat(without.inputs("web")).hasOnlyElementsOfType(StateInput.ProcessReplaced.class);
        assertThat(without.apply(1L, Story.at("0"), new BackendEmpty("web", "backend"))
                        .inputs("web"))
                .containsExactly(new StateInput.ProcessStarted(Story.at("0")));
    }

    private static ProxyNotice stopped(String proxy) {
        return new ProxyNotice(proxy, ProxyNotice.What.STOPPED, null, List.of(0L, 4L), ProxyNotice.CUMULATED);
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        List<String> lines = new ArrayList<>(
                List.of("0 1 web", "5 1 api", "10 2 api", "11 2 web", "11 1 web", "30 3 web", "31 3 api", "40 3 web"));
        List<String> expected = reloads(lines.toArray(new String[0]));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(lines, random);
            assertThat(reloads(lines.toArray(new String[0]))).isEqualTo(expected);
        }
    }

    private static List<String> reloads(String... lines) {
        ProcessLog log = new ProcessLog();
        for (String line : lines) {
            String[] parts = line.split(" ");
            log.apply(Long.parseLong(parts[1]), Story.at(parts[0]), new BackendEmpty(parts[2], "backend"));
        }
        return log.reloads();
    }
}
