package io.risefall.streams.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.streams.Story;
import io.risefall.streams.process.ProcessFact.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is known of processes is a function of the set of facts, whichever shorter way leads to it. */
class GenerationsTest {
    private static final Duration REACH = Duration.ofDays(8);

    /** Seeded; the facts stand in the failure. */
    @Test
    void whatIsNextGivesWhatAllFactsGive() {
        int next = 0;
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            List<ProcessFact> facts = facts(random);
            // When a process first printed a line about a server is not kept, only when it was first seen.
            facts.removeIf(fact -> fact.kind() == Kind.ALIVE);
            if (facts.isEmpty()) {
                continue;
            }
            ProcessFact last = facts.remove(random.nextInt(facts.size()));
            Generations before = Generations.of(facts, REACH);
            if (before.isNext(last)) {
                next++;
                facts.add(last);
                assertThat(before.after(last, REACH))
                        .as("seed %d, %s then %s", seed, facts, last)
                        .isEqualTo(Generations.of(facts, REACH));
            }
        }
        assertThat(next).as("the shorter way is taken").isGreaterThan(300);
    }

    @Test
    void whatCanBeRefinedGivesWhatAllFactsGive() {
        int refined = 0;
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            List<ProcessFact> facts = facts(random);
            ProcessFact was = facts.get(random.nextInt(facts.size()));
            ProcessFact is = word(was.pid(), was.at().plusMillis(500).getEpochSecond() * 1000 + 500, was.opening());
            boolean only = facts.stream()
                            .filter(fact ->
                                    fact.pid() == was.pid() && fact.slot().equals(was.slot()))
                            .count()
                    == 1;
            Generations before = Generations.of(facts, REACH);
            if (was.kind() == Kind.WORD && only && before.canRefine(was, is)) {
                refined++;
                facts.set(facts.indexOf(was), is);
                assertThat(before.refined(was, is))
                        .as("seed %d, %s becomes %s in %s", seed, was, is, facts)
                        .isEqualTo(Generations.of(facts, REACH));
            }
        }
        assertThat(refined).as("the shorter way is taken").isGreaterThan(300);
    }

    /** Not all times of a process are kept, so that only the last fact is sure to have none behind it. */
    @Test
    void aBeginIsRefinedOnlyByTheLastFact() {
        ProcessFact was = word(1, millis(5), true);
        ProcessFact is = word(1, millis(5) + 700, true);
        assertThat(of(was).canRefine(was, is)).isTrue();
        assertThat(of(word(2, millis(1), true), was).canRefine(was, is)).isTrue();
        assertThat(of(was, word(2, millis(9), true)).canRefine(was, is)).isFalse();
        assertThat(of(was, word(2, millis(5) + 300, true)).canRefine(was, is)).isFalse();
        assertThat(of(was, word(2, millis(5), true)).canRefine(was, is)).isFalse();
        assertThat(of(was, word(2, millis(5) + 700, true)).canRefine(was, is)).isFalse();
        assertThat(of(was, word(1, millis(5) + 300, true)).canRefine(was, is)).isTrue();
        assertThat(of(was).canRefine(was, word(1, millis(5) + 700, false))).isFalse();
    }

    /** A hundred are always kept; older ones only within the reach. */
    @Test
    void processesBeyondTheReachAreForgotten() {
        assertThat(daily(150))
                .extracting(Generation::pid)
                .hasSize(100)
                .startsWith(50L)
                .endsWith(149L);
        assertThat(daily(100)).hasSize(100);
        assertThat(hourly(150)).hasSize(150);
        assertThat(hourly(300)).hasSize(193);
    }

    @Test
    void ofVeryManyTheOldestAreForgotten() {
        List<ProcessFact> facts = new ArrayList<>();
        for (int i = 0; i < 2003; i++) {
            facts.add(word(i, millis(10L * i), true));
        }
        assertThat(Generations.of(facts, REACH).all())
                .hasSize(2000)
                .first()
                .extracting(Generation::pid)
                .isEqualTo(3L);
    }

    @Test
    void pidsThatLieHalfTheRangeApartCameInOrder() {
        assertThat(of(word(16484, millis(5), true), word(100, millis(5), true)).all())
                .extracting(Generation::pid)
                .containsExactly(100L, 16484L);
        assertThat(of(word(16485, millis(5), true), word(100, millis(5), true)).all())
                .extracting(Generation::pid)
                .containsExactly(16485L, 100L);
    }

    private static List<Generation> daily(int count) {
        return apart(Duration.ofDays(1), count);
    }

    private static List<Generation> hourly(int count) {
        return apart(Duration.ofHours(1), count);
    }

    private static List<Generation> apart(Duration time, int count) {
        List<ProcessFact> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            facts.add(word(i, Story.START.plus(time.multipliedBy(i)).toEpochMilli(), true));
        }
        return Generations.of(facts, REACH).all();
    }

    private static Generations of(ProcessFact... facts) {
        return Generations.of(List.of(facts), REACH);
    }

    private static long millis(long second) {
        return Story.START.plusSeconds(second).toEpochMilli();
    }

    private static ProcessFact word(long pid, long epochMilli, boolean opening) {
        return new ProcessFact(Instant.ofEpochMilli(epochMilli), pid, Kind.WORD, "web", opening, null, null, null);
    }

    private static ProcessFact ofMaster(long epochMilli, long pid, Kind kind) {
        return new ProcessFact(Instant.ofEpochMilli(epochMilli), pid, kind, "", false, 9L, null, null);
    }

    /** Lines of up to three processes of one proxy, some at one moment, most in whole seconds, and what their master says. */
    private static List<ProcessFact> facts(Random random) {
        List<ProcessFact> facts = new ArrayList<>();
        long second = 0;
        for (int i = 0; i < 3 + random.nextInt(7); i++) {
            second += Math.max(0, random.nextInt(6) - 1);
            long pid = 1L + random.nextInt(3);
            long at = millis(second) + (random.nextInt(3) == 0 ? 300 : 0);
            switch (random.nextInt(16)) {
                case 0 -> facts.add(ProcessFact.stopped(pid, Instant.ofEpochMilli(at), "web"));
                case 1 ->
                    facts.add(new ProcessFact(Instant.ofEpochMilli(at), pid, Kind.FORKED, "", false, 9L, null, null));
                case 2 ->
                    facts.add(new ProcessFact(Instant.ofEpochMilli(at), pid, Kind.EXITED, "", false, 9L, null, null));
                case 3 -> facts.add(ofMaster(at, 9, Kind.LOADED));
                case 4 -> facts.add(ofMaster(at, pid, Kind.INITIALIZING));
                case 5 -> facts.add(ofMaster(at, 9, random.nextBoolean() ? Kind.FAILED : Kind.ENDING));
                case 6 -> facts.add(ProcessFact.mentioned(pid, Instant.ofEpochMilli(at), "web"));
                case 7 ->
                    facts.add(ProcessFact.alive(pid, Instant.ofEpochMilli(at), Instant.ofEpochMilli(at + 60_000)));
                default -> facts.add(word(pid, at, random.nextInt(3) > 0));
            }
        }
        return facts;
    }
}
