package io.risefall.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Predictions from what HAProxy logs with some values, against what a model of HAProxy does with other ones, for random
 * checks. Whatever is claimed is so; with the interval known, almost everything is claimed.
 */
class ReplayModelTest {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int ROUNDS = 3_000;

    @Test
    void whatIsClaimedIsSo() {
        Tally without = new Tally();
        Tally with = new Tally();
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            String checks = checks(random);
            int fall = 1 + random.nextInt(4);
            int rise = 1 + random.nextInt(4);
            Setting other = new Setting(1 + random.nextInt(5), 1 + random.nextInt(5));
            compare(checks, fall, rise, other, null, without, seed);
            compare(checks, fall, rise, other, INTERVAL, with, seed);
        }
        System.out.println("without the interval: " + without + "; with it: " + with);
        assertThat(with.unknown).isLessThan(with.all / 30);
        assertThat(without.unknown).isLessThan(without.all / 10);
        assertThat(with.avoided).isGreaterThan(ROUNDS);
        assertThat(with.added).isGreaterThan(ROUNDS / 2);
    }

    private static String checks(Random random) {
        StringBuilder checks = new StringBuilder("PPPPPPPP");
        for (int run = 0; run < 16; run++) {
            checks.append("F".repeat(1 + random.nextInt(7)))
                    .append("P".repeat(1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 7)));
        }
        return checks.append("PPPPPPPPPPPP").toString();
    }

    private static void compare(
            String checks, int fall, int rise, Setting other, @Nullable Duration inter, Tally tally, int seed) {
        HaproxyModel was = new HaproxyModel(fall, rise, INTERVAL).play(checks);
        HaproxyModel would = new HaproxyModel(other.fall(fall), other.rise(rise), INTERVAL).play(checks);
        Instant until = HaproxyModel.at(checks.length(), INTERVAL);
        List<Prediction> predictions = new CheckReplay(was.log(until), other, inter).predictions();
        assertThat(predictions.stream().filter(Prediction::happened)).hasSameSizeAs(was.outages());
        List<Prediction> told = new ArrayList<>(predictions);
        for (Prediction one : told) {
            String what = "seed " + seed + ": " + fall + "/" + rise + " to " + other + " " + checks + ": " + one;
            int first = check(one.lines().get(0).at());
            Prediction.Line last = one.lines().get(one.lines().size() - 1);
            int end = last.what().equals("up") ? check(last.at()) : checks.length() - 1;
            boolean down = false;
            int at = -1;
            for (int i = first; i <= end; i++) {
                at = at < 0 && would.isDownAfter(i) ? i : at;
                down |= would.isDownAfter(i) || would.isDownAfter(first - 1);
            }
            tally.add(one.fate());
            switch (one.fate()) {
                case AVOIDED -> assertThat(down).as(what).isFalse();
                case KEPT, ADDED -> assertThat(down).as(what).isTrue();
                case UNKNOWN -> {}
            }
            if (one.downLaterLeastMs() != null) {
                isNear(at - check(one.startedAt()), one.downLaterLeastMs(), one.downLaterMostMs(), what);
            }
            if (one.upLaterLeastMs() != null) {
                isNear(up(would, end) - end, one.upLaterLeastMs(), one.upLaterMostMs(), what);
            }
        }
        nothingIsMissed(would, predictions, checks);
    }

    /** Each outage with other values is in a prediction. */
    private static void nothingIsMissed(HaproxyModel would, List<Prediction> predictions, String checks) {
        for (int i = 1; i < checks.length(); i++) {
            if (would.isDownAfter(i) && !would.isDownAfter(i - 1)) {
                Instant at = HaproxyModel.at(i, INTERVAL);
                boolean named = predictions.stream()
                        .anyMatch(one -> one.fate() != Fate.AVOIDED
                                && !one.lines().get(0).at().isAfter(at)
                                && (!one.lines()
                                                .get(one.lines().size() - 1)
                                                .what()
                                                .equals("up")
                                        || !one.lines()
                                                .get(one.lines().size() - 1)
                                                .at()
                                                .isBefore(at)));
                assertThat(named).as(checks + " at " + i).isTrue();
            }
        }
    }

    /** The check with which it came up for the last time until the end, or for the first time after it. */
    private static int up(HaproxyModel would, int end) {
        int at = end;
        while (would.isDownAfter(at)) {
            at++;
        }
        while (at > 0 && !would.isDownAfter(at - 1)) {
            at--;
        }
        return at;
    }

    private static void isNear(int checks, long least, long most, String what) {
        long ms = checks * INTERVAL.toMillis();
        assertThat(ms).as(what).isBetween(least - 50, most + 50);
    }

    private static int check(Instant at) {
        return (int) (Duration.between(HaproxyModel.START, at).toMillis() / INTERVAL.toMillis());
    }

    private static final class Tally {
        int all;
        int unknown;
        int avoided;
        int added;

        void add(Fate fate) {
            all++;
            unknown += fate == Fate.UNKNOWN ? 1 : 0;
            avoided += fate == Fate.AVOIDED ? 1 : 0;
            added += fate == Fate.ADDED ? 1 : 0;
        }

        @Override
        public String toString() {
            return all + ", of them " + avoided + " avoided, " + added + " added, " + unknown + " not told";
        }
    }
}
