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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * All parts as processes that are killed and stopped, the brokers too: the views end as those of an undisturbed run over the
 * same input, byte for byte. {@code -Dkills=N} and {@code -Dkills.seed=N} choose how many kills at random moments there are,
 * and which; the profile {@code many-kills} runs hundreds.
 */
@RealParts
class RandomKillsTest {
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long SEED = Long.getLong("kills.seed", 20261123);
    /** More days make more lines, and from the eighth on lines that are too old to be corrected. */
    private static final int KILLS_PER_DAY = 25;

    private static final int BROKERS = 3;
    private static final int PARTS = BROKERS + 4;

    /** Even, as the log that is rotated halfway is to be rotated between two shares. */
    private static final int SHARES_OF_RANDOM = even(KILLS + 1);

    private static final int SHARES_OF_CLUSTER = even(2 * Length.of(BROKERS, 2 * PARTS) + 1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path temp;

    private static CorpusFeed input;
    private static Map<String, String> undisturbed;

    private static int even(int number) {
        return number + number % 2;
    }

    /** So that both cut at the same places. */
    private static int pieces() {
        int pieces = SHARES_OF_RANDOM;
        while (pieces % SHARES_OF_CLUSTER != 0) {
            pieces += SHARES_OF_RANDOM;
        }
        return pieces;
    }

    @BeforeAll
    static void runUndisturbed() throws Exception {
        input = new CorpusFeed(1 + KILLS / KILLS_PER_DAY, pieces());
        undisturbed = PartsInstallation.undisturbed(temp.resolve("undisturbed"), input);
        assertThat(undisturbed.keySet()).contains("outages", "states", "checks", "events", "server_day", "ingest");
        assertThat(undisturbed)
                .allSatisfy((view, rows) -> assertThat(rows).as(view).isNotEmpty());
    }

    @Test
    void theViewsEndAsThoseOfAnUndisturbedRun() throws Exception {
        Killing killing = new Killing(SEED);
        try (PartsInstallation installation = new PartsInstallation(temp.resolve("killed"))) {
            installation.start();
            installation.feed(input, 0, SHARES_OF_RANDOM);
            installation.awaitBegun();
            for (int share = 1; share < SHARES_OF_RANDOM || killing.killed() < KILLS; share++) {
                if (share < SHARES_OF_RANDOM) {
                    installation.feed(input, share, SHARES_OF_RANDOM);
                }
                killing.round(installation);
            }
            installation.drain(input);
            killing.say("sent again over RELP: " + installation.sentAgain());
            installation.ownEnds().forEach(killing::say);
            assertUndisturbed(installation, killing);
            String twice = "SELECT count(*) AS n FROM (SELECT source, position, message FROM events"
                    + " GROUP BY ALL HAVING count(*) > 1)";
            assertThat(installation.ask(twice)).as(killing.toString()).isEqualTo("n\n0\n");
            String taken = "SELECT lines BETWEEN " + input.messages() + " AND "
                    + (input.messages() + installation.sentAgain())
                    + " AS taken FROM ingest WHERE source LIKE '%relp%'";
            assertThat(installation.ask(taken)).as(killing.toString()).isEqualTo("taken\ntrue\n");
        }
    }

    /**
     * Each of three brokers is killed while lines come, and parts with it; in the long run each broker and each part is
     * killed alone, and then stopped.
     */
    @Test
    void soTheyDoWhenEachBrokerOfAClusterIsKilled() throws Exception {
        List<String> schedule = new ArrayList<>();
        BrokerCluster cluster = new BrokerCluster(temp.resolve("brokers"), BROKERS, Map.of(), List.of());
        try (PartsInstallation installation = new PartsInstallation(temp.resolve("cluster"), cluster)) {
            installation.start();
            int share = 0;
            installation.feed(input, share++, SHARES_OF_CLUSTER);
            installation.awaitBegun();
            List<List<StoppablePart>> victims = Length.isLong() ? alone(installation) : together(installation);
            for (int round = 0; round < Length.of(1, 2); round++) {
                for (List<StoppablePart> some : victims) {
                    installation.feed(input, share++, SHARES_OF_CLUSTER);
                    for (StoppablePart one : some) {
                        takeAway(one, round == 0, schedule);
                    }
                    installation.feed(input, share++, SHARES_OF_CLUSTER);
                    for (StoppablePart one : some) {
                        one.start();
                    }
                    // Two of three copies are needed: the next broker can go when this one has them again.
                    installation.awaitBrokers();
                }
            }
            while (share < SHARES_OF_CLUSTER) {
                installation.feed(input, share++, SHARES_OF_CLUSTER);
            }
            installation.drain(input);
            schedule.addAll(installation.ownEnds());
            assertUndisturbed(installation, schedule);
        }
    }

    /** @param done what was done to its parts */
    private static void assertUndisturbed(PartsInstallation installation, Object done) {
        Map<String, String> disturbed = installation.viewsOnceEqual(undisturbed);
        assertThat(FinalViews.difference(undisturbed, disturbed))
                .as(done.toString())
                .isEmpty();
        assertThat(disturbed).as(done.toString()).isEqualTo(undisturbed);
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

    private static void takeAway(StoppablePart part, boolean forcibly, List<String> schedule) throws Exception {
        if (forcibly) {
            part.kill();
        } else {
            part.stop();
        }
        schedule.add((forcibly ? "kill -9 " : "stop ") + part.name());
    }
}
