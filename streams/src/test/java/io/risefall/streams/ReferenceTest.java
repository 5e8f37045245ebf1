package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import io.risefall.streams.HaproxyModel.Held;
import io.risefall.streams.HaproxyModel.Printed;
import io.risefall.streams.dedup.ForgeryGuard;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.ProcessTimeline;
import io.risefall.streams.processor.Replay;
import io.risefall.streams.processor.TrackHealth;
import io.risefall.streams.shrink.Shrinker;
import io.risefall.streams.store.EntityHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The streams part against {@link Reference}, on lives of {@link HaproxyModel}: whole logs, logs with lost lines, in two
 * copies, in any order of arrival; and against what was true. {@code -Drisefall.histories=N} makes more lives, {@code
 * -Drisefall.seed=S} others. A failure is reported with as few lines as still show it.
 */
@Slow
class ReferenceTest {
    private static final int HISTORIES = Length.of("risefall.histories", 250, 5000);
    private static final long SEED = Long.getLong("risefall.seed", 1);
    /** What a process says in its first seconds can mean what was before it. */
    private static final Duration STARTUP = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void wholeLogs() {
        eachLife((lines, random) -> lines);
    }

    @Test
    void logsWithLostLines() {
        eachLife((lines, random) ->
                lines.stream().filter(line -> random.nextInt(10) > 0).toList());
    }

    @Test
    void logsWithBurstsLost() {
        eachLife((lines, random) -> {
            int from = random.nextInt(lines.size() + 1);
            int to = Math.min(lines.size(), from + random.nextInt(8));
            List<Printed> left = new ArrayList<>(lines.subList(0, from));
            left.addAll(lines.subList(to, lines.size()));
            return left;
        });
    }

    /** Two log targets, relays, whole seconds, lines late by hours: the result is the same. */
    @Test
    void whateverTheOrderOfArrival() {
        for (int i = 0; i < HISTORIES / 30; i++) {
            long seed = SEED + 1_000_000 + i;
            Random random = new Random(seed);
            List<HealthEvent> events = events(HaproxyModel.lived(seed).lines(), "file:/var/log/haproxy.log");
            Map<String, String> expected = outcome(events, Integer.MAX_VALUE);
            List<HealthEvent> others = new ArrayList<>(events);
            if (random.nextBoolean()) {
                others.addAll(events(HaproxyModel.lived(seed).lines(), "udp:127.0.0.1:514"));
            }
            if (random.nextBoolean()) {
                Collections.shuffle(others, random);
            } else {
                // One source comes after the other, as a file that is imported the day after.
                others.sort(Comparator.comparing(event -> event.origin().source()));
                Collections.reverse(others);
            }
            int tickEvery = 1 + random.nextInt(40);
            Predicate<List<HealthEvent>> differ =
                    some -> !outcome(some, tickEvery).equals(outcome(inOrder(some), Integer.MAX_VALUE));
            if (!outcome(others, tickEvery).equals(expected)) {
                List<HealthEvent> few = Shrinker.toFailing(others, differ);
                fail("seed " + seed + ", a tick after every " + tickEvery + ", arrival\n" + arrival(few) + "\n"
                        + difference(outcome(inOrder(few), Integer.MAX_VALUE), outcome(few, tickEvery)));
            }
        }
    }

    private static String difference(Map<String, String> expected, Map<String, String> found) {
        return Stream.of(expected, found)
                .flatMap(map -> map.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .map(key -> "expected " + expected.get(key) + "\n but was " + found.get(key))
                .collect(Collectors.joining("\n"));
    }

    private Map<String, String> outcome(List<HealthEvent> events, int tickEvery) {
        return TopologyRun.outcome(folder, events, tickEvery);
    }

    private static List<HealthEvent> inOrder(List<HealthEvent> events) {
        return events.stream()
                .sorted(Comparator.comparing(HealthEvent::at)
                        .thenComparing(event -> event.origin().source())
                        .thenComparing(event -> event.origin().position()))
                .toList();
    }

    private static String arrival(List<HealthEvent> events) {
        return events.stream()
                .map(event -> new Printed(event.at(), event.pid(), event.message()) + " in "
                        + event.origin().source())
                .collect(Collectors.joining("\n"));
    }

    /** No emitted record contradicts the states of HAProxy, and every fall is found once. */
    @Test
    void nothingContradictsTheTruth() {
        for (int i = 0; i < HISTORIES; i++) {
            HaproxyModel model = HaproxyModel.lived(SEED + i);
            List<Printed> lines = model.lines();
            for (ServerName server : model.servers()) {
                List<Object> emitted = emitted(server, lines);
                String wrong = contradiction(model, server, emitted);
                if (wrong != null) {
                    fail("seed " + (SEED + i) + ", " + server + ": " + wrong + "\n" + Story.render(emitted) + "\n"
                            + text(lines));
                }
                long falls = lines.stream().filter(line -> isDown(line, server)).count();
                long outages = emitted.stream().filter(Outage.class::isInstance).count();
                assertThat(outages)
                        .as("seed " + (SEED + i) + ", " + server + ": every DOWN line is of an outage")
                        .isLessThanOrEqualTo(falls + dumps(lines));
            }
        }
    }

    private static long dumps(List<Printed> lines) {
        return lines.stream()
                .filter(line -> line.message() instanceof ServerSnapshot || line.message() instanceof ObservedServer)
                .count();
    }

    private static boolean isDown(Printed line, ServerName server) {
        return line.message() instanceof ServerSwitch change
                && change.server().equals(server)
                && change.transition() == Transition.DOWN;
    }

    private static String contradiction(HaproxyModel model, ServerName server, List<Object> emitted) {
        List<Held> held = model.truth().get(server);
        for (int i = 0; i < held.size(); i++) {
            Instant from = held.get(i).from();
            Instant to = i + 1 < held.size() ? held.get(i + 1).from() : model.end();
            Health truth = held.get(i).state();
            if (truth == null) {
                continue;
            }
            for (Object value : emitted) {
                if (value instanceof StateInterval interval && interval.state() != Health.UNKNOWN) {
                    Instant begin = later(from, interval.fromAt());
                    Instant end = interval.toAt() == null || interval.toAt().isAfter(to) ? to : interval.toAt();
                    boolean overlap = Duration.between(begin, end).compareTo(Duration.ofMillis(20)) > 0;
                    // Both serve: after a reload no line tells whether a server-state file kept it drained.
                    boolean drained = truth == Health.DRAIN && interval.state() == Health.UP;
                    if (overlap && interval.state() != truth && !drained && !startsUp(model, begin, end)) {
                        return "from " + Story.seconds(begin) + " to " + Story.seconds(end) + " it was " + truth
                                + ", not " + interval.state();
                    }
                }
            }
        }
        return null;
    }

    /**
     * Whether a process began shortly before, whose first lines may count as lines of the one before it; or several in a
     * row, each so soon after the one before that its silence proves nothing.
     */
    private static boolean startsUp(HaproxyModel model, Instant begin, Instant end) {
        Instant reach = null;
        for (Map.Entry<Long, Instant> began : model.begins().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .toList()) {
            Instant firstLine = model.lines().stream()
                    .filter(line -> line.pid() == began.getKey())
                    .map(Printed::at)
                    .findFirst()
                    .orElse(model.end());
            boolean follows = reach != null && !firstLine.isAfter(reach);
            if (follows || !began.getValue().isAfter(begin)) {
                reach = firstLine.plus(STARTUP);
            }
        }
        return reach != null && !end.isAfter(reach);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** What becomes of the lines of a life on their way. */
    private interface DuplicatePath {
        List<Printed> take(List<Printed> lines, Random random);
    }

    private static void eachLife(DuplicatePath way) {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            HaproxyModel model = HaproxyModel.lived(seed);
            List<Printed> lines = way.take(model.lines(), new Random(seed));
            for (ServerName server : model.servers()) {
                if (differs(server, lines)) {
                    List<Printed> few = Shrinker.toFailing(lines, some -> differs(server, some));
                    assertThat(plain(emitted(server, few)))
                            .as("seed " + seed + ", " + server + " after\n" + text(few))
                            .isEqualTo(Reference.outcome(server, few));
                }
            }
        }
    }

    private static boolean differs(ServerName server, List<Printed> lines) {
        return !plain(emitted(server, lines)).equals(Reference.outcome(server, lines));
    }

    private static String plain(List<Object> emitted) {
        return Story.render(emitted).replace(" joined", "").replace(" emptied", "");
    }

    private static String text(List<Printed> lines) {
        return lines.stream().map(Printed::toString).collect(Collectors.joining("\n"));
    }

    /** What the streams part says of a server, without Kafka. */
    private static List<Object> emitted(ServerName server, List<Printed> lines) {
        TrackedEntity entity = TrackedEntity.of(Story.NODE, server);
        ProcessLog log = new ProcessLog();
        List<KeyValue<String, Line>> own = new ArrayList<>();
        Instant first = null;
        for (HealthEvent event : events(lines, "file:/var/log/haproxy.log")) {
            log.apply(event.pid(), event.at(), event.message());
            if (server.equals(event.message().serverName())) {
                own.add(KeyValue.pair(LineKey.of(entity, event), Line.of(event)));
                first = first == null ? event.at() : first;
            }
        }
        if (own.isEmpty()) {
            return List.of();
        }
        Replay replay = new Replay(
                EntityHistory.begin(entity, first),
                ProcessTimeline.of(log.processes()),
                List.of(),
                new ForgeryGuard(List.of()),
                Rules.DEFAULTS,
                TrackHealth.CHECKPOINT_EVERY);
        replay.apply(own);
        Map<String, Object> last = new TreeMap<>();
        replay.records().forEach((key, record) -> {
            if (record.value() instanceof StateRecord) {
                last.put(key, record.value());
            }
        });
        return List.copyOf(last.values());
    }

    private static List<HealthEvent> events(List<Printed> lines, String source) {
        List<HealthEvent> events = new ArrayList<>();
        for (Printed line : lines) {
            Severity severity = line.message() instanceof ServerSwitch change && change.transition() == Transition.DOWN
                    ? Severity.ALERT
                    : Severity.NOTICE;
            events.add(new HealthEvent(
                    line.at(),
                    true,
                    line.at().plusMillis(2),
                    Story.NODE,
                    line.pid(),
                    "haproxy",
                    severity,
                    line.message(),
                    new LineFrame("", null, null),
                    new Origin(source, events.size(), 0, null)));
        }
        return events;
    }
}
