package io.risefall.streams.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.streams.Story;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When a backend had no server. A line is {@code SECONDS PID empty}, {@code SECONDS PID WORDS} of {@link Story}, or {@code SECONDS
 * reload|stop|end}.
 */
class BackendStateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "until a server is up | 0 1 empty; 9 1 up left=1 | 0..9",
                "an UP line whose counts were cut tells nothing of it | 0 1 empty; 9 1 up | 0..",
                "a server that leaves maintenance is there, without counts | 0 1 empty; 9 1 ready up | 0..9",
                "but not if it is DOWN then | 0 1 empty; 9 1 ready down | 0..",
                "a line whose counts are 0 ends nothing | 0 1 empty; 9 1 down L4CON left=0 | 0..",
                "a DOWN line that leaves servers: some came back | 0 1 empty; 9 1 down L4CON left=2 | 0..9",
                "what a starting process counts is not there yet | 0 1 empty; 9 1 down state-file left=2 | 0..",
                "reported twice | 0 1 empty; 1 1 empty; 9 1 up left=1 | 0..9",
                "twice | 0 1 empty; 9 1 up left=1; 20 1 empty; 25 1 up left=1 | 0..9, 20..25",
                "a server is up, and it was not empty | 9 1 up left=1 | ''",
                "a reload: as far as is known it ends there | 0 1 empty; 9 reload | 0..9",
                "a reload while it is not empty | 9 reload; 12 2 empty | 12..",
                "the new process reports it at once: it goes on | 0 1 empty; 9 reload; 19 2 empty | 0..",
                "and ends with its UP | 0 1 empty; 9 reload; 19 2 empty; 30 2 up left=1 | 0..30",
                "the new process reports it later: it was filled in between | 0 1 empty; 9 reload; 19.001 2 empty | 0..9, 19.001..",
                "two reloads, and the first process did not report it | 0 1 empty; 9 reload; 60 reload; 61 3 empty | 0..",
                "two reloads, and neither process reported it | 0 1 empty; 9 reload; 60 reload | 0..9",
                "two reloads, and it is empty later | 0 1 empty; 9 reload; 60 reload; 90 3 empty | 0..9, 90..",
                "a first UP of the new process: it was empty all along | 0 1 empty; 9 reload; 12 2 up left=1 | 0..12",
                "a first DOWN that leaves servers: the new process began with all of them | 0 1 empty; 9 reload; 12 2 down L4CON left=1 | 0..9",
                "the last process ends | 0 1 empty; 9 end; 12 1 up left=1 | 0..9",
                "it had been replaced before | 0 1 empty; 9 reload; 12 end | 0..9",
                "an end while it is not empty | 9 end | ''",
                "the proxy stops: it is empty still | 0 1 empty; 9 stop; 12 1 up left=1 | 0..12",
            })
    void outages(String what, String story, String expected) {
        Told told = tell(story);
        assertThat(text(told.emitted.values())).as(what).isEqualTo(expected);
        assertThat(told.emitted.values()).as("%s: what lasts was emitted", what).containsAll(told.state.lasting());
        boolean open = text(told.emitted.values()).endsWith("..");
        assertThat(text(told.state.lasting()).endsWith(".."))
                .as("%s: what is open lasts", what)
                .isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 1 empty; 1 1 empty; 9 1 up left=1 | opened at 0, repeated at 1, closed at 9",
                "0 1 empty; 9 reload | opened at 0, process_began at 9",
                "0 1 empty; 9 reload; 19 2 empty; 30 2 up left=1 | opened at 0, process_began at 9, repeated at 19, closed at 30",
                "0 1 empty; 9 reload; 12 2 down L4CON left=1 | opened at 0, process_began at 9, servers_left at 12",
                "0 1 empty; 9 end | opened at 0, process_ended at 9",
                "0 1 empty; 9 reload; 12 end | opened at 0, process_began at 9",
            })
    void followsFromLines(String story, String expected) {
        assertThat(tell(story).emitted.values())
                .extracting(record -> Story.text(((BackendOutage) record.value()).provenance()))
                .containsExactly(expected);
    }

    @Test
    void anEndThatOnlyFollowsFromAReloadCanStillBeCorrected() {
        assertThat(text(tell("0 1 empty; 9 reload").state.lasting())).isEqualTo("0..9");
        assertThat(text(tell("0 1 empty; 9 1 up left=1").state.lasting())).isEmpty();
    }

    @Test
    void howItEndsIfTheBackendDoes() {
        assertThat(text(tell("0 1 empty").state.expired(Story.at("50")))).isEqualTo("0..50");
        assertThat(text(tell("0 1 empty; 9 reload").state.expired(Story.at("50"))))
                .isEqualTo("0..9");
        assertThat(text(tell("5 1 empty").state.expired(Story.at("3")))).isEqualTo("5..5");
        assertThat(tell("9 1 up left=1").state.expired(Story.at("50"))).isEmpty();
        assertThat(tell("9 1 up left=1").state.knowsNothing()).isTrue();
        assertThat(tell("0 1 empty").state.knowsNothing()).isFalse();
    }

    @Test
    void whichLinesAreAboutABackend() {
        assertThat(concerns("0 1 empty")).isTrue();
        assertThat(concerns("0 1 up")).isTrue();
        assertThat(concerns("0 1 agent pass 1/1 UP")).isTrue();
        assertThat(concerns("0 1 check pass 1/1 UP")).isFalse();
        assertThat(concerns("0 1 hup up")).isFalse();
    }

    private static boolean concerns(String line) {
        return BackendState.concerns(line(line.split(" ")).message());
    }

    private record Told(EntityState state, Map<String, OutputRecord> emitted) {}

    private static Told tell(String story) {
        EntityState state = BackendState.unseen("lb1", "web");
        Map<String, OutputRecord> emitted = new TreeMap<>();
        for (String text : story.split(";")) {
            StateUpdate<EntityState> update = state.on(input(text.trim().split(" ")), Rules.DEFAULTS);
            state = update.next();
            update.emissions().forEach(record -> emitted.put(record.key(), record));
        }
        return new Told(state, emitted);
    }

    private static StateInput input(String[] parts) {
        return switch (parts[1]) {
            case "reload" -> new StateInput.ProcessReplaced(Story.at(parts[0]), 1, 2);
            case "stop" -> new StateInput.ProxyStopped(Story.at(parts[0]));
            case "end" -> new StateInput.ProcessEnded(Story.at(parts[0]));
            default -> new StateInput.LogEvent(line(parts));
        };
    }

    private static Line line(String[] parts) {
        return new Line(
                Story.at(parts[0]),
                Long.valueOf(parts[1]),
                null,
                parts[2].equals("empty") ? new BackendEmpty("web", "backend") : Story.message(parts));
    }

    private static String text(Collection<OutputRecord> records) {
        return records.stream()
                .map(OutputRecord::value)
                .flatMap(value -> value instanceof BackendOutage outage ? Stream.of(outage) : Stream.of())
                .map(outage -> Story.span(outage.startedAt(), outage.endedAt()))
                .collect(Collectors.joining(", "));
    }
}
