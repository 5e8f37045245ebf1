package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same events from several sources, targets and relays count once, and real repeats within a second survive. */
@Slow
class DeduplicationTest {
    private static final int SEEDS = Length.of(4, 80);

    /** Of whole seconds, so that they rank behind a log of whole seconds whose name comes first. */
    private static final List<DuplicatePath> COARSE = List.of(
            DuplicatePath.WHOLE_SECONDS,
            DuplicatePath.EVERY_LINE_TWICE,
            DuplicatePath.OTHER_FACILITY,
            DuplicatePath.CUT,
            DuplicatePath.WITHOUT_PID);

    private static final Pattern PROVENANCE =
            Pattern.compile(",\"provenance\":\\{\"evidence\":\\[[^]]*](,\"leftOut\":\\d+)?}");

    @TempDir
    Path stateDir;

    @ParameterizedTest
    @EnumSource
    void aFlapWithinASecondOnAnotherWayCountsOnce(DuplicatePath way) {
        List<HealthEvent> own = Story.events(
                "0.5 1 up\n5.1 1 down L4CON\n5.3 1 up\n5.5 1 down L4CON\n5.7 1 up\n9.25 1 down L7STS\n9.5 1 up");
        Map<String, String> expected = outcome(own);
        List<HealthEvent> copies = new ArrayList<>();
        own.forEach(event -> Collections.addAll(
                copies,
                Collections.nCopies(way.times(), way.take(event, new Random(1))).toArray(HealthEvent[]::new)));
        Map<String, String> found = outcome(concat(own, copies));
        assertThat(plain(found)).isEqualTo(plain(expected));
        assertThat(outcome(concat(copies, own))).isEqualTo(found);
    }

    @Test
    void realRepeatsWithinASecondSurvive() {
        assertThat(outcome("0 1 up\n5 1 down L4CON\n5 1 up\n5 1 down L4CON\n5 1 up"))
                .isEqualTo("""
                        up 0..5, up 5..5.000001, up 5.000001..
                        outage 5..5 up L4CON
                        outage 5.000001..5.000001 up L4CON""");
    }

    @Test
    void everyLineTwiceInOneLogCountsOnce() {
        assertThat(outcome("""
                0 1 up
                0 1 up
                5 1 check fail 0/2 DOWN L4CON
                5 1 check fail 0/2 DOWN L4CON
                5 1 down
                5 1 down
                6 1 up
                6 1 up
                """)).isEqualTo(outcome("0 1 up\n5 1 check fail 0/2 DOWN L4CON\n5 1 down\n6 1 up"));
    }

    private String outcome(String story) {
        return TopologyRun.outcome(stateDir, Story.events(story));
    }

    /** Seeded; what is generated stands in the failure. */
    @Test
    void moreWaysChangeNothing() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<HealthEvent> own = Story.events(history(random));
            check(seed, random, own, List.of(DuplicatePath.values()));
        }
    }

    /** The order within a second is then that of the lines alone. */
    @Test
    void moreWaysChangeNothingInWholeSeconds() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<HealthEvent> own = Story.events(history(random)).stream()
                    .map(event -> DuplicatePath.from(
                            event.origin().source(), null, event, event.at().truncatedTo(ChronoUnit.SECONDS)))
                    .toList();
            check(seed, random, own, COARSE);
        }
    }

    private void check(int seed, Random random, List<HealthEvent> own, List<DuplicatePath> possible) {
        Map<String, String> expected = outcome(own);
        List<DuplicatePath> ways = some(possible, random);
        List<HealthEvent> all = new ArrayList<>(own);
        ways.forEach(way -> all.addAll(way.of(own, random)));
        Map<String, String> found = TopologyRun.outcome(stateDir, all, 1 + random.nextInt(4));
        assertThat(plain(found))
                .as("one after the other, seed %d, %s:\n%s", seed, ways, text(all))
                .isEqualTo(plain(expected));
        Collections.shuffle(all, random);
        assertThat(TopologyRun.outcome(stateDir, all, 1 + random.nextInt(4)))
                .as("shuffled, seed %d, %s:\n%s", seed, ways, text(all))
                .isEqualTo(found);
    }

    /** Without the lines that records follow from: a copy can be the one that counts. */
    private static Map<String, String> plain(Map<String, String> outcome) {
        Map<String, String> plain = new TreeMap<>(outcome);
        plain.replaceAll((key, value) -> PROVENANCE.matcher(value).replaceFirst(""));
        return plain;
    }

    /** Where each has lost something, what is true is not known, but it must not depend on who came first. */
    @Test
    void theOrderOfArrivalDoesNotMatterWhereEachHasLostSomething() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<HealthEvent> own = Story.events(history(random));
            List<DuplicatePath> ways = some(List.of(DuplicatePath.values()), random);
            List<HealthEvent> all = new ArrayList<>();
            ways.forEach(way -> all.addAll(way.of(own, random)));
            all.sort((one, other) -> one.receivedAt().compareTo(other.receivedAt()));
            Map<String, String> expected = TopologyRun.outcome(stateDir, all, 1 + random.nextInt(4));
            Collections.shuffle(all, random);
            assertThat(TopologyRun.outcome(stateDir, all, 1 + random.nextInt(4)))
                    .as("seed %d, %s:\n%s", seed, ways, text(all))
                    .isEqualTo(expected);
        }
    }

    private static List<DuplicatePath> some(List<DuplicatePath> possible, Random random) {
        List<DuplicatePath> ways = new ArrayList<>(possible);
        Collections.shuffle(ways, random);
        return ways.subList(0, 1 + random.nextInt(Math.min(3, ways.size())));
    }

    /** A server that goes up and down fast and slowly, with the same lines each time; half of them with check lines. */
    private static String history(Random random) {
        boolean checks = random.nextBoolean();
        StringBuilder story = new StringBuilder("0.2 1 " + (checks ? "check pass 3/3 UP" : "up") + "\n");
        long millis = 3000;
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            millis = later(millis, random);
            if (checks) {
                story.append(seconds(millis)).append(" 1 check fail 1/2 UP L4CON\n");
                millis = later(millis, random);
                story.append(seconds(millis)).append(" 1 check fail 0/2 DOWN L4CON\n");
                millis++;
            }
            story.append(seconds(millis)).append(checks ? " 1 down\n" : " 1 down L4CON\n");
            millis = later(millis, random);
            if (checks) {
                story.append(seconds(millis)).append(" 1 check pass 3/3 UP\n");
                millis++;
            }
            story.append(seconds(millis)).append(" 1 up\n");
        }
        return story.toString();
    }

    private static long later(long millis, Random random) {
        return millis + 50 + random.nextInt(random.nextInt(3) > 0 ? 300 : 5000);
    }

    private static String seconds(long millis) {
        return String.valueOf((millis + (millis % 1000 == 0 ? 1 : 0)) / 1000.0);
    }

    private static String text(List<HealthEvent> events) {
        return events.stream()
                .map(event -> event.at() + " " + event.origin() + " " + event.message())
                .collect(Collectors.joining("\n"));
    }

    private Map<String, String> outcome(List<HealthEvent> events) {
        return TopologyRun.outcome(stateDir, events, 1);
    }

    private static List<HealthEvent> concat(List<HealthEvent> first, List<HealthEvent> second) {
        List<HealthEvent> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
