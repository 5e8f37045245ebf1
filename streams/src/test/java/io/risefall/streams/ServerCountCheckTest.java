package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ProxySnapshot;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Loss;
import io.risefall.streams.backend.BackendState;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the counts of a backend tell of lines that are missing. A line of a story is {@code SECONDS PID SERVER WORDS
 * [ACTIVE+BACKUP]}; a server whose name begins with {@code b} is a backup server, {@code -} stands for the backend. SECONDS
 * without a point is a stamp of whole seconds.
 */
class ServerCountCheckTest {
    private static final Map<String, Transition> WORDS = Map.ofEntries(
            Map.entry("down", Transition.DOWN),
            Map.entry("up", Transition.UP),
            Map.entry("stopping", Transition.STOPPING),
            Map.entry("maint", Transition.MAINTENANCE),
            Map.entry("was-down-maint", Transition.MAINTENANCE_FROM_DOWN),
            Map.entry("leaves-maint", Transition.LEAVES_FORCED_MAINTENANCE),
            Map.entry("resolves", Transition.RESOLVES_AGAIN),
            Map.entry("remains-maint", Transition.REMAINS_FORCED_MAINTENANCE),
            Map.entry("drain", Transition.DRAIN),
            Map.entry("leaves-drain", Transition.LEAVES_FORCED_DRAIN),
            Map.entry("remains-drain", Transition.REMAINS_FORCED_DRAIN));

    /** Each is printed by HAProxy with nothing lost. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outages | 1.1 1 a down 3+0; 2.2 1 d down 2+0; 3.3 1 d up 3+0; 5.1 1 a up 4+0; 6.2 1 c down 3+0",
                "backups count apart | 1.1 1 b1 down 2+1; 5.1 1 a down 1+1; 9.1 1 b1 up 1+2; 12.1 1 a up 2+2",
                "maintenance from UP | 1.1 1 a maint 3+0; 5.1 1 a leaves-maint/up; 9.1 1 c down 3+0",
                "maintenance from DOWN | 1.1 1 a down 3+0; 3.1 1 a was-down-maint; 5.1 1 c down 2+0; 7.1 1 a leaves-maint/up; 9.1 1 c up 4+0",
                "left DOWN | 1.1 1 a maint 3+0; 5.1 1 a leaves-maint/down; 7.1 1 a up 4+0; 9.1 1 c down 3+0",
                "left into drain | 1.1 1 a maint 3+0; 5.1 1 a leaves-maint/up/drain; 9.1 1 c down 2+0; 11.1 1 a leaves-drain/up; 15.1 1 c up 4+0",
                "still in maintenance | 1.1 1 a maint 3+0; 5.1 1 a remains-maint; 9.1 1 c down 2+0",
                "DNS | 1.1 1 a maint 3+0; 5.1 1 a resolves/up; 9.1 1 c down 3+0",
                "drain | 1.1 1 a drain 3+0; 5.1 1 c down 2+0; 7.1 1 a remains-drain; 9.1 1 a leaves-drain/up; 11.1 1 c up 4+0",
                "DOWN while draining | 1.1 1 a drain 3+0; 3.1 1 a down 3+0; 5.1 1 a up 3+0; 7.1 1 a leaves-drain/up; 9.1 1 c down 3+0",
                "drain while DOWN | 1.1 1 a down 3+0; 3.1 1 a drain 3+0; 5.1 1 a up 3+0; 7.1 1 c down 2+0",
                "drain left while DOWN | 1.1 1 a down 3+0; 3.1 1 a drain 3+0; 5.1 1 a leaves-drain/down; 7.1 1 a up 4+0; 9.1 1 c down 3+0",
                "maintenance while draining | 1.1 1 a drain 3+0; 3.1 1 a maint 3+0; 7.1 1 c down 2+0",
                "stopping | 1.1 1 a stopping 3+0; 5.1 1 a up 4+0; 9.1 1 a stopping 3+0; 11.1 1 a down 3+0; 13.1 1 a stopping 3+0; 15.1 1 a up 4+0",
                "in maintenance | 1.1 1 a maint 3+0; 5.1 1 a stopping 3+0; 9.1 1 a maint 3+0; 12.1 1 a down 3+0",
                "slow start ends with another UP | 1.1 1 a down 3+0; 5.1 1 a up 4+0; 65.1 1 a up 4+0; 70.1 1 c down 3+0",
                "the same line of two targets | 1.1 1 a down 3+0; 1.2 1 a down 3+0; 5.1 1 a up 4+0; 5.2 1 a up 4+0; 9.1 1 c down 3+0",
                "DOWN from before the process | 1.1 1 a down 3+0; 5.1 1 c up 4+0; 9.1 1 c down 3+0",
                "the last one | 1.1 1 a down 1+0; 3.1 1 c down 0+0; 3.1 1 - empty; 9.1 1 a up 1+0",
                "two processes | 1.1 1 a down 3+0; 2.1 2 a down 1+0; 5.1 1 a up 4+0; 6.1 2 a up 2+0",
                "a dump | 1.1 1 a down 3+0; 3.1 1 - dump 3+0; 5.1 1 a up 4+0; 6.1 1 - dump 4+0",
                "a line without a pid between can be of any process | 1.1 1 a down 3+0; 5.1 - a up 4+0; 9.1 1 c down 0+0",
                "and one about the backend | 1.1 1 a down 3+0; 5.1 - - empty; 9.1 1 c down 1+0",
                "a line that was cut before it says what it counts | 1.1 1 a maint 3+0; 5.1 1 a leaves-maint; 9.1 1 c down 0+0",
                "without a pid nothing is compared | 1.1 - a down 3+0; 9.1 - c down 0+0",
                "nor once an agent has spoken | 1.1 1 a down 3+0; 2.1 1 c agent; 9.1 1 c down 0+0",
            })
    void nothingIsLost(String what, String story) {
        assertThat(lost(story)).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOWN | 1.1 1 a down 3+0; 9.1 1 d down 1+0 | 1.1..9.1 1: 2+0 for 1+0",
                "UP | 1.1 1 a down 3+0; 9.1 1 d down 3+0 | 1.1..9.1 1: 2+0 for 3+0",
                "of a backup | 1.1 1 a down 3+2; 9.1 1 a up 4+1 | 1.1..9.1 1: 4+2 for 4+1",
                "several | 1.1 1 a down 5+2; 9.1 1 a up 3+1 | 1.1..9.1 4: 6+2 for 3+1",
                "UP, as the next line of the same server tells | 1.1 1 a down 3+0; 9.1 1 a maint 3+0 | 1.1..9.1 1: 2+0 for 3+0",
                "DOWN, as maintenance tells | 1.1 1 a up 4+0; 5.1 1 a was-down-maint; 9.1 1 c down 2+0 | 1.1..9.1 1: 3+0 for 2+0",
                "once, and not again when the server speaks that it was about | 1.1 1 a down 3+0; 9.1 1 d down 3+0; 15.1 1 a down 2+0; 19.1 1 a up 3+0 | 1.1..9.1 1: 2+0 for 3+0",
                "the same of a backup | 1.1 1 b1 down 3+3; 9.1 1 b4 down 3+3; 15.1 1 b1 down 3+2; 19.1 1 b1 up 3+3 | 1.1..9.1 1: 3+2 for 3+3",
                "the end of maintenance, and it stops | 1.1 1 a maint 3+0; 9.1 1 d down 3+0; 12.1 1 a stopping 2+0 | 1.1..9.1 1: 2+0 for 3+0",
                "in one process of two | 1.1 1 a down 3+0; 2.1 2 a down 1+0; 5.1 1 a up 3+0; 6.1 2 a up 2+0 | 1.1..5.1 1: 4+0 for 3+0",
                "the last DOWN | 1.1 1 a down 1+0; 9.1 1 - empty | 1.1..9.1 1: 1+0 for 0+0",
                "before a dump | 1.1 1 a down 3+0; 9.1 1 - dump 2+0 | 1.1..9.1 1: 3+0 for 2+0",
                "before a dump of an empty backend | 1.1 1 a down 3+0; 9.1 1 - dump-empty | 1.1..9.1 3: 3+0 for 0+0",
                "two one after the other | 1.1 1 a down 9+0; 9.1 1 d down 7+0; 19.1 1 c down 5+0 | 1.1..9.1 1: 8+0 for 7+0, 9.1..19.1 1: 6+0 for 5+0",
            })
    void isLost(String what, String story, String losses) {
        assertThat(lost(story)).as(what).isEqualTo(losses.strip());
    }

    @Test
    void linesThatChangedPlacesAreNotLost() {
        assertThat(lost("1.1000 1 a down 3+0; 9.1000 1 c down 1+0; 9.1001 1 d down 2+0; 20.1 1 a up 2+0"))
                .isEmpty();
        assertThat(lost("1 1 a down 3+0; 9 1 c down 1+0; 9 1 d down 2+0; 20 1 a up 2+0"))
                .as("of one second")
                .isEmpty();
        assertThat(lost("1.1 1 a down 3+0; 9.1 1 c down 1+0; 9.4 1 d down 2+0; 20.1 1 a up 2+0"))
                .as("too far apart")
                .isEqualTo("1.1..9.1 1: 2+0 for 1+0, 9.1..9.4 2: 0+0 for 2+0, 9.4..20.1 1: 3+0 for 2+0");
    }

    @Test
    void whatLaterLinesExplainIsTakenBack() {
        Telling backend = new Telling();
        backend.tell("1.1 1 a down 3+0; 9.1000 1 c down 1+0");
        assertThat(backend.emitted).hasSize(1);
        backend.tell("9.1001 1 d down 2+0");
        assertThat(backend.emitted).isEmpty();
    }

    @Test
    void aLossAmongLinesOfOneSecondIsFoundByTheNextThatStandsAlone() {
        assertThat(lost("1 1 a down 9+0; 9 1 c down 8+0; 9 1 d up 9+0; 9 1 e down 7+0; 9 1 f up 8+0; 30 1 g down 7+0"))
                .isEqualTo("9..30 1: 8+0 for 7+0");
    }

    @Test
    void aReloadBeginsAnew() {
        Telling backend = new Telling();
        backend.tell("1.1 1 a down 3+0");
        backend.apply(new StateInput.ProcessReplaced(Story.at("5"), 1, 2));
        backend.tell("9.1 1 c down 9+0; 20.1 1 c up 10+0");
        assertThat(backend.text()).isEmpty();
        backend.apply(new StateInput.ProxyStopped(Story.at("25")));
        backend.tell("29.1 1 c down 3+0");
        assertThat(backend.text()).isEmpty();
    }

    @Test
    void ofManyLinesAtOnceOnlyTheLastAreKept() {
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            story.append("9 1 s").append(i).append(" down ").append(999 - i).append("+0; ");
        }
        Telling backend = new Telling();
        backend.tell(story + "30 1 x down 498+0");
        assertThat(backend.text()).isEqualTo("9..30 1: 499+0 for 498+0");
        assertThat(((BackendState) backend.state)
                        .countCheck()
                        .processes()
                        .get(0)
                        .lines())
                .hasSizeLessThan(20);
    }

    /** The lines of a story as one log has them. */
    static List<HealthEvent> events(String story) {
        List<HealthEvent> events = new ArrayList<>();
        for (String text : story.split(";")) {
            Line line = line(text.trim().split(" "));
            events.add(Story.event(events.size(), line.at(), line.pid(), line.message()));
        }
        return events;
    }

    private static String lost(String story) {
        Telling backend = new Telling();
        backend.tell(story);
        return backend.text();
    }

    /** A backend that hears a story, and what it said. */
    private static final class Telling {
        private EntityState state = BackendState.unseen("lb1", "web");
        private final Map<String, Object> emitted = new TreeMap<>();

        void tell(String story) {
            Arrays.stream(story.split(";"))
                    .map(line -> line.trim().split(" "))
                    .forEach(parts -> apply(new StateInput.LogEvent(line(parts))));
        }

        void apply(StateInput input) {
            StateUpdate<EntityState> update = state.on(input, Rules.DEFAULTS);
            state = update.next();
            update.emissions().stream()
                    .filter(record -> record.key().contains("/loss/"))
                    .forEach(record -> {
                        if (record.value() == null) {
                            emitted.remove(record.key());
                        } else {
                            emitted.put(record.key(), record.value());
                        }
                    });
        }

        String text() {
            return emitted.values().stream()
                    .map(Loss.class::cast)
                    .map(loss -> seconds(loss.fromAt()) + ".." + seconds(loss.toAt()) + " " + loss.missing() + ": "
                            + loss.expectedActive() + "+" + loss.expectedBackup() + " for " + loss.seenActive() + "+"
                            + loss.seenBackup())
                    .collect(Collectors.joining(", "));
        }

        private static String seconds(Instant at) {
            return String.valueOf(Duration.between(Story.START, at).toMillis() / 1000.0)
                    .replaceFirst("\\.0$", "");
        }
    }

    private static Line line(String[] parts) {
        Long pid = parts[1].equals("-") ? null : Long.valueOf(parts[1]);
        return new Line(Story.at(parts[0]), pid, null, message(parts));
    }

    private static HealthMessage message(String[] parts) {
        ServerName server = new ServerName("web", parts[2]);
        String[] kind = parts[3].split("/");
        ServerCounts counts = parts.length < 5
                ? null
                : new ServerCounts(
                        Integer.parseInt(parts[4].substring(0, parts[4].indexOf('+'))),
                        Integer.parseInt(parts[4].substring(parts[4].indexOf('+') + 1)),
                        false,
                        null,
                        0L,
                        0L);
        switch (kind[0]) {
            case "empty" -> {
                return new BackendEmpty("web", "backend");
            }
            case "dump" -> {
                return new ProxySnapshot(
                        "web", ProxySnapshot.What.SERVERS_AVAILABLE, counts.active(), counts.backup(), null);
            }
            case "dump-empty" -> {
                return new ProxySnapshot("web", ProxySnapshot.What.NO_SERVER, null, null, null);
            }
            case "agent" -> {
                CheckReason reason = new CheckReason(CheckStatus.L7OK, 0, "via agent : up", 1L);
                return new CheckResult(
                        server,
                        false,
                        true,
                        CheckResult.Outcome.SUCCEEDED,
                        reason,
                        1,
                        1,
                        CheckResult.State.UP,
                        false,
                        null);
            }
            default -> {
                Boolean up = kind.length > 1 ? kind[1].equals("up") : null;
                return new ServerSwitch(
                        server,
                        parts[2].startsWith("b"),
                        WORDS.get(kind[0]),
                        up,
                        up == null ? null : kind.length > 2,
                        null,
                        null,
                        null,
                        null,
                        null,
                        counts,
                        false,
                        null);
            }
        }
    }
}
