package io.risefall.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CorpusFeed;
import io.risefall.app.driver.FinalViews;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.StoppablePart;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * All parts as processes that are killed and stopped at random moments, the broker too: the views end as those of an
 * undisturbed run over the same input, byte for byte. {@code -Dkills=N} and {@code -Dkills.seed=N} choose how many and
 * which; the profile {@code many-kills} runs hundreds.
 */
@RealParts
class RandomKillsTest {
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long SEED = Long.getLong("kills.seed", 20261123);
    /** More days make more lines, and from the eighth on lines that are too old to be corrected. */
    private static final int KILLS_PER_DAY = 25;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    @Test
    void theViewsEndAsThoseOfAnUndisturbedRun() throws Exception {
        CorpusFeed input = new CorpusFeed(1 + KILLS / KILLS_PER_DAY, KILLS + 2);
        Map<String, String> undisturbed = PartsInstallation.undisturbed(temp.resolve("undisturbed"), input);
        assertThat(undisturbed.keySet()).contains("outages", "states", "checks", "events", "server_day", "ingest");
        assertThat(undisturbed)
                .allSatisfy((view, rows) -> assertThat(rows).as(view).isNotEmpty());

        Killing killing = new Killing(SEED);
        try (PartsInstallation installation = new PartsInstallation(temp.resolve("killed"))) {
            installation.start();
            installation.feed(input, 0);
            installation.awaitBegun();
            for (int piece = 1; piece < input.pieces() || killing.killed() < KILLS; piece++) {
                if (piece < input.pieces()) {
                    installation.feed(input, piece);
                }
                killing.round(installation);
            }
            installation.drain(input);
            killing.say("sent again over RELP: " + installation.sentAgain());
            installation.ownEnds().forEach(killing::say);
            Map<String, String> disturbed = installation.viewsOnceEqual(undisturbed);
            assertThat(FinalViews.difference(undisturbed, disturbed))
                    .as(killing.toString())
                    .isEmpty();
            assertThat(disturbed).as(killing.toString()).isEqualTo(undisturbed);
            String twice = "SELECT count(*) AS n FROM (SELECT source, position, message FROM events"
                    + " GROUP BY ALL HAVING count(*) > 1)";
            assertThat(installation.ask(twice)).as(killing.toString()).isEqualTo("n\n0\n");
            String taken = "SELECT lines BETWEEN " + input.messages() + " AND "
                    + (input.messages() + installation.sentAgain())
                    + " AS taken FROM ingest WHERE source LIKE '%relp%'";
            assertThat(installation.ask(taken)).as(killing.toString()).isEqualTo("taken\ntrue\n");
        }
    }

    /** What is done to parts, and when; the same for the same seed, as far as clocks and loads are the same. */
    private static final class Killing {
        private static final int LONGEST_LIFE_MILLIS = 3000;
        private static final int LONGEST_ABSENCE_MILLIS = 1500;
        private static final int ROUNDS_PER_SUSPENSION = 20;
        private static final int SUSPENDED_MILLIS = 12_000;

        private final long seed;
        private final Random random;
        private final List<String> schedule = new ArrayList<>();
        private int killed;
        private int stopped;

        Killing(long seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        /** Takes one part away, or two at once, and brings them back. */
        void round(PartsInstallation installation) throws Exception {
            List<StoppablePart> parts = new ArrayList<>(installation.parts());
            java.util.Collections.shuffle(parts, random);
            List<StoppablePart> victims = parts.subList(0, random.nextInt(4) == 0 ? 2 : 1);
            // At a random moment of what they do: that is the point of it.
            pause(random.nextInt(LONGEST_LIFE_MILLIS));
            if (random.nextInt(ROUNDS_PER_SUSPENSION) == 0) {
                suspend(victims.get(0));
                return;
            }
            for (StoppablePart victim : victims) {
                takeAway(victim, random.nextInt(4) > 0);
            }
            pause(random.nextInt(LONGEST_ABSENCE_MILLIS));
            for (StoppablePart victim : victims) {
                victim.start();
                say("start " + victim.name());
            }
        }

        /** For so long that Kafka gives it up, while it believes that it still works. */
        private void suspend(StoppablePart victim) throws Exception {
            Optional<ProcessHandle> process = victim.process();
            if (process.isPresent()) {
                signal("-STOP", process.get());
                say("suspend " + victim.name());
                pause(SUSPENDED_MILLIS);
                signal("-CONT", process.get());
                say("resume " + victim.name());
            }
        }

        private static void signal(String signal, ProcessHandle process) throws Exception {
            assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }

        private void takeAway(StoppablePart victim, boolean forcibly) throws Exception {
            boolean running = victim.process().isPresent();
            if (forcibly) {
                victim.kill();
                killed += running ? 1 : 0;
            } else {
                victim.stop();
                stopped += running ? 1 : 0;
            }
            say((forcibly ? "kill -9 " : "stop ") + victim.name());
        }

        private void pause(int millis) throws InterruptedException {
            say("wait " + millis + " ms");
            Thread.sleep(millis);
        }

        void say(String what) {
            schedule.add(what);
        }

        /** With SIGKILL; stops come on top of that. */
        int killed() {
            return killed;
        }

        @Override
        public String toString() {
            return killed + " kills and " + stopped + " stops of seed " + seed + ":\n" + String.join("\n", schedule);
        }
    }
}
