package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.suite.Length;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts tell of missing lines, as the topics tell: in whatever order the lines come. */
class LossesOnTopicsTest {
    @TempDir
    Path stateDir;

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        String story = "1.1 1 a down 9+0; 5.1 1 d down 7+0; 5.11 1 e down 6+0; 9.1 1 a up 8+0; 9.15 1 f down 6+0;"
                + " 12.1 1 f maint 6+0; 20.1 1 a down 4+0; 35 1 e up 5+0; 35 1 d up 8+0; 50.1 1 g down 6+0";
        assertThatOrderDoesNotMatter(story, 5);
    }

    @Test
    void norDoesItOverAReload() {
        String story = "9.15 1 f down 6+0; 12.1 1 f maint 6+0; 20.1 2 a down 9+0; 25.1 2 d down 7+0; 35.1 2 e down 7+0;"
                + " 50.1 2 g down 6+0";
        assertThatOrderDoesNotMatter(story, 3);
    }

    private void assertThatOrderDoesNotMatter(String story, int losses) {
        List<HealthEvent> events = ServerCountCheckTest.events(story);
        Map<String, String> expected = TopologyRun.outcome(stateDir, events, 1);
        assertThat(expected.keySet().stream().filter(key -> key.contains("/loss/")))
                .hasSize(losses);
        Random random = new Random(7);
        for (int i = 0; i < Length.of(4, 20); i++) {
            Collections.shuffle(events, random);
            assertThat(TopologyRun.outcome(stateDir, events, 1 + random.nextInt(events.size())))
                    .isEqualTo(expected);
        }
    }
}
