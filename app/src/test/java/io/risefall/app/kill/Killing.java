package io.risefall.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.StoppablePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is done to parts, and when; the same for the same seed, as far as clocks and loads are the same. */
final class Killing {
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
