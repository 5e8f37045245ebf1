package io.risefall.streams.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.ProxyNotice;
import io.risefall.streams.Story;
import io.risefall.streams.model.StateInput;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines without a pid show that a process stopped, and by going on that another replaced it. */
class PidlessProcessTest {
    @Test
    void aStopAfterWhichLinesGoOnIsAReload() {
        PidlessProcess stopped = stop(PidlessProcess.NONE, "web", "5.5");
        assertThat(stopped.inputs("web")).containsExactly(new StateInput.ProxyStopped(Story.at("5.5")));
        assertThat(stopped.apply(Story.at("6"), Story.message("6 - up".split(" ")))
                        .inputs("web"))
                .containsExactly(new StateInput.ProcessReplaced(Story.at("5.5"), -1, -1));
        assertThat(stopped.alive(Story.at("5.9")).inputs("web"))
                .as("the second of the stop")
                .containsExactly(new StateInput.ProxyStopped(Story.at("5.5")));
        assertThat(stopped.inputs("mail")).isEmpty();
    }

    @Test
    void linesThatCameBeforeTheStopAreNone() {
        PidlessProcess process = stop(PidlessProcess.NONE.alive(Story.at("4")), "web", "5");
        assertThat(process.alive(Story.at("3")).inputs("web"))
                .containsExactly(new StateInput.ProxyStopped(Story.at("5")));
        assertThat(stop(PidlessProcess.NONE.alive(Story.at("9")), "web", "5").inputs("web"))
                .as("in any order")
                .containsExactly(new StateInput.ProcessReplaced(Story.at("5"), -1, -1));
    }

    @Test
    void otherNoticesOfAProxyAreNoSigns() {
        assertThat(PidlessProcess.NONE.apply(Story.at("5"), notice("web", ProxyNotice.What.STARTED)))
                .isSameAs(PidlessProcess.NONE);
    }

    @Test
    void stopsAreKeptInOrderAndTheNewestHundred() {
        PidlessProcess process = PidlessProcess.NONE;
        for (int i = 101; i > 0; i--) {
            process = stop(process, "web", String.valueOf(i));
        }
        assertThat(process.stops().get("web")).hasSize(100).isSorted();
        assertThat(process.stops().get("web").get(0)).isEqualTo(Story.at("2"));
        assertThat(stop(process, "mail", "7").newestStop()).isEqualTo(Story.at("101"));
        assertThat(PidlessProcess.NONE.newestStop()).isEqualTo(Instant.MIN);
    }

    @Test
    void whetherServersMaySeeADifference() {
        PidlessProcess stopped = stop(PidlessProcess.NONE, "web", "5");
        assertThat(stopped.givesSameInputs(PidlessProcess.NONE)).isFalse();
        assertThat(stopped.givesSameInputs(stopped.alive(Story.at("4")))).isTrue();
        assertThat(stopped.givesSameInputs(stopped.alive(Story.at("6")))).isFalse();
        assertThat(stopped.alive(Story.at("8")).givesSameInputs(stopped.alive(Story.at("6"))))
                .isTrue();
    }

    private static PidlessProcess stop(PidlessProcess process, String proxy, String at) {
        return process.apply(Story.at(at), notice(proxy, ProxyNotice.What.STOPPED));
    }

    private static ProxyNotice notice(String proxy, ProxyNotice.What what) {
        return new ProxyNotice(proxy, what, null, List.of(), null);
    }
}
