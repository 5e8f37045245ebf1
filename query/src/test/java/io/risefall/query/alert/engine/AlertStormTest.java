package io.risefall.query.alert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.alert.engine.Trouble.Kind;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thousand servers that go DOWN and UP a hundred times each. */
class AlertStormTest {
    private static final int SERVERS = 1000;
    private static final int CYCLES = 100;

    /** Each server is DOWN for 7 s of every 20 s, and flaps from its third DOWN on until twenty minutes after the last. */
    private static List<TroubleChange> storm(int backends) {
        List<TroubleChange> changes = new ArrayList<>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            for (int server = 0; server < SERVERS; server++) {
                Instant at = AlertStory.DAY.plusMillis(cycle * 20_000L + server);
                changes.add(TroubleChange.lasts(trouble(Kind.DOWN, "d" + server + "." + cycle, server, backends, at)));
                if (cycle == 2) {
                    changes.add(TroubleChange.lasts(trouble(Kind.FLAPPING, "f" + server, server, backends, at)));
                }
            }
            for (int server = 0; server < SERVERS; server++) {
                Instant at = AlertStory.DAY.plusMillis(cycle * 20_000L + server);
                changes.add(TroubleChange.over(
                        trouble(Kind.DOWN, "d" + server + "." + cycle, server, backends, at), at.plusSeconds(7), "up"));
            }
        }
        for (int server = 0; server < SERVERS; server++) {
            Instant calm = AlertStory.DAY.plusSeconds(CYCLES * 20L + 1200).plusMillis(server);
            changes.add(TroubleChange.over(
                    trouble(Kind.FLAPPING, "f" + server, server, backends, AlertStory.DAY), calm, "up"));
        }
        return changes;
    }

    private static Trouble trouble(Kind kind, String id, int server, int backends, Instant at) {
        return new Trouble(
                kind, id, "lb1", "app" + server % backends, "srv" + server, at, at, "L4CON", null, false, 10_000);
    }

    @Test
    void isTwoMessages() {
        List<TroubleChange> storm = storm(50);
        assertThat(storm).hasSize(2 * SERVERS * (CYCLES + 1));
        List<AlertMessage> messages = new ArrayList<>();
        AlertReplay replay = new AlertReplay(new AlertBook(AlertSettings.DEFAULTS, List.of()), messages::add);
        storm.forEach(replay::take);
        replay.until(AlertStory.DAY.plusSeconds(86_400));
        assertThat(messages)
                .extracting(AlertMessage::transition)
                .containsExactly(AlertTransition.FLAPPING, AlertTransition.CLOSED);
        assertThat(messages).allSatisfy(message -> assertThat(message.servers()).hasSize(SERVERS));
    }
}
