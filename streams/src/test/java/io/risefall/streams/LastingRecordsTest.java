package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.server.ServerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server's state says that still lasts stands on the topics, after each line of each story; and how it all ends. */
class LastingRecordsTest {
    static Stream<Arguments> stories() {
        return Stream.concat(ServerStateTest.stories(), AbsenceEffectTest.stories());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void whatLastsWasEmittedAndWhatWasEmittedAsOpenLasts(String name, String story, String expected) {
        EntityState state = ServerState.unseen(Story.NODE, Story.SERVER);
        Map<String, OutputRecord> emitted = new TreeMap<>();
        for (StateInput input : Story.inputs(story)) {
            StateUpdate<EntityState> update = state.on(input, Rules.DEFAULTS);
            state = update.next();
            update.emissions().forEach(record -> emitted.put(record.key(), record));
            List<OutputRecord> lasting = state.lasting();
            assertThat(emitted.values()).as("after %s", input).containsAll(lasting);
            assertThat(lasting)
                    .as("after %s", input)
                    .containsAll(emitted.values().stream()
                            .filter(LastingRecordsTest::isOpen)
                            .toList());
            assertThat(states(lasting).stream()
                            .anyMatch(interval -> interval.state() == Health.DOWN && isOpen(interval)))
                    .as("DOWN is an outage, after %s", input)
                    .isEqualTo(lasting.stream().anyMatch(record -> record.value() instanceof Outage && isOpen(record)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void nothingIsOpenAfterTheEnd(String name, String story, String expected) {
        Instant last = Story.inputs(story).get(Story.inputs(story).size() - 1).at();
        for (Instant end : List.of(Story.START.minusSeconds(1), last, last.plusSeconds(3600))) {
            Map<String, OutputRecord> emitted = new TreeMap<>();
            Story.emitted(story).forEach(record -> emitted.put(record.key(), record));
            List<OutputRecord> ends = Story.state(story).expired(end);
            ends.forEach(record -> emitted.put(record.key(), record));
            assertThat(emitted.values()).as("ended at %s", end).noneMatch(LastingRecordsTest::isOpen);
            for (StateInterval interval : states(emitted.values().stream().toList())) {
                assertThat(interval.toAt()).as("the end of %s", interval).isAfterOrEqualTo(interval.fromAt());
            }
        }
    }

    @Test
    void aServerThatEndsIsGoneFromThen() {
        assertThat(expired("""
                0 1 up
                5 1 down L4CON
                8 absent 20
                """)).isEqualTo("""
                up 0..5, down 5..100
                doubt 8..100
                outage 5..100 unknown L4CON uncertain""");
        assertThat(expired("""
                0 1 check fail 0/2 DOWN L4CON
                4 1 check pass 3/3 UP
                """)).isEqualTo("""
                down 0..4, up 4..100
                outage 0..4 up L4CON joined first 0 success 4 uncertain""");
        assertThat(expired("""
                0 1 drain
                1 1 check fail 0/2 DOWN L4CON
                4 1 check pass 3/3 UP
                """)).isEqualTo("""
                drain 0..1, down 1..4, drain 4..100
                outage 1..4 up L4CON joined first 1 success 4 uncertain""");
        assertThat(expired("""
                0 1 down L4CON
                5 reload
                """)).isEqualTo("""
                down 0..5, unknown 5..100
                outage 0..5 unknown L4CON uncertain""");
        assertThat(expired("3 begin")).isEmpty();
    }

    @Test
    void anEndBeforeTheBeginIsTheBegin() {
        Instant before = Story.START.minusSeconds(1);
        assertThat(Story.state("""
                0 1 up
                5 1 down L4CON
                8 absent 20
                """).expired(before))
                .extracting(OutputRecord::value)
                .satisfiesExactly(
                        state -> assertThat(((StateInterval) state).toAt()).isEqualTo(Story.at("5")),
                        outage -> assertThat(((Outage) outage).endedAt()).isEqualTo(Story.at("5")),
                        doubt -> assertThat(((Doubt) doubt).toAt()).isEqualTo(Story.at("8")));
    }

    @Test
    void whatIsKnownOfAServer() {
        assertThat(Story.state("0 begin").knowsNothing()).isTrue();
        assertThat(Story.state("0 1 up").knowsNothing()).isFalse();
        assertThat(Story.state("""
                0 1 down L4CON
                5 reload
                """).knowsNothing()).isTrue();
        assertThat(Story.state("""
                0 1 up
                5 1 renamed
                """).knowsNothing()).isTrue();
    }

    private static String expired(String story) {
        List<Object> values = new ArrayList<>();
        Map<String, OutputRecord> emitted = new TreeMap<>();
        Story.emitted(story).forEach(record -> emitted.put(record.key(), record));
        Story.state(story).expired(Story.at("100")).forEach(record -> emitted.put(record.key(), record));
        emitted.values().forEach(record -> values.add(record.value()));
        return Story.render(values);
    }

    private static List<StateInterval> states(List<OutputRecord> records) {
        return records.stream()
                .map(OutputRecord::value)
                .filter(StateInterval.class::isInstance)
                .map(StateInterval.class::cast)
                .toList();
    }

    private static boolean isOpen(OutputRecord record) {
        Object value = record.value();
        return (value instanceof StateInterval interval && isOpen(interval))
                || (value instanceof Outage outage && outage.endedAt() == null)
                || (value instanceof Doubt doubt && doubt.toAt() == null);
    }

    private static boolean isOpen(StateInterval interval) {
        return interval.toAt() == null;
    }
}
