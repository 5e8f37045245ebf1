package io.risefall.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.BrokerCluster;
import io.risefall.app.driver.CorpusFeed;
import io.risefall.app.driver.FinalViews;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.StoppablePart;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers: each of them is killed while lines come, and parts with it; in the long run each broker and each part is killed
 * alone, and then stopped. The views end as those of an undisturbed run over the same input, byte for byte.
 */
@RealParts
@Timeout(900)
class ClusterKillsTest {
    private static final int BROKERS = 3;
    private static final int PARTS = BROKERS + 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private final List<String> schedule = new ArrayList<>();

    @Test
    void theViewsEndAsThoseOfAnUndisturbedRun() throws Exception {
        CorpusFeed input = new CorpusFeed(1, 2 * Length.of(BROKERS, 2 * PARTS) + 1);
        Map<String, String> undisturbed = PartsInstallation.undisturbed(temp.resolve("undisturbed"), input);
        BrokerCluster cluster = new BrokerCluster(temp.resolve("brokers"), BROKERS, Map.of(), List.of());
        try (PartsInstallation installation = new PartsInstallation(temp.resolve("killed"), cluster)) {
            installation.start();
            int piece = 0;
            installation.feed(input, piece++);
            installation.awaitBegun();
            List<List<StoppablePart>> victims = Length.isLong() ? alone(installation) : together(installation);
            for (int round = 0; round < Length.of(1, 2); round++) {
                for (List<StoppablePart> some : victims) {
                    installation.feed(input, piece++);
                    for (StoppablePart one : some) {
                        takeAway(one, round == 0);
                    }
                    installation.feed(input, piece++);
                    for (StoppablePart one : some) {
                        one.start();
                    }
                    // Two of three copies are needed: the next broker can go when this one has them again.
                    installation.awaitBrokers();
                }
            }
            installation.drain(input);
            schedule.addAll(installation.ownEnds());
            Map<String, String> disturbed = installation.viewsOnceEqual(undisturbed);
            assertThat(FinalViews.difference(undisturbed, disturbed))
                    .as(schedule.toString())
                    .isEmpty();
            assertThat(disturbed).as(schedule.toString()).isEqualTo(undisturbed);
        }
    }

    private static List<List<StoppablePart>> alone(PartsInstallation installation) {
        return installation.parts().stream().map(List::of).toList();
    }

    /** Each broker with one part, the last with those that are left. */
    private static List<List<StoppablePart>> together(PartsInstallation installation) {
        List<StoppablePart> parts = new ArrayList<>(installation.parts());
        parts.removeAll(installation.brokers());
        List<List<StoppablePart>> groups = new ArrayList<>();
        for (StoppablePart broker : installation.brokers()) {
            List<StoppablePart> group = new ArrayList<>(List.of(broker));
            int count = groups.size() < BROKERS - 1 ? 1 : parts.size();
            for (int i = 0; i < count; i++) {
                group.add(parts.remove(0));
            }
            groups.add(group);
        }
        return groups;
    }

    private void takeAway(StoppablePart part, boolean forcibly) throws Exception {
        if (forcibly) {
            part.kill();
        } else {
            part.stop();
        }
        schedule.add((forcibly ? "kill -9 " : "stop ") + part.name());
    }
}
