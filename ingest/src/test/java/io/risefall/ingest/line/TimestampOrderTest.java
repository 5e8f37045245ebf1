package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Traffic;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.line.time.NodeTimes;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ReadPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Local times that come twice or not at all: order tells, for each node by itself, wherever reading starts again. */
class TimestampOrderTest {
    private static final Instant LATER = Instant.parse("2026-11-23T00:00:00Z");

    /** Lines as {@code node month day time = what is expected}. */
    record Story(String name, String zone, String... lines) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Story> stories() {
        return Stream.of(
                new Story(
                        "Berlin, twice from 2 to 3",
                        "Europe/Berlin",
                        "lb1 Oct 25 01:59:59 = 2026-10-24T23:59:59Z",
                        "lb1 Oct 25 02:10:00 = 2026-10-25T00:10:00Z",
                        "lb1 Oct 25 02:59:00 = 2026-10-25T00:59:00Z",
                        "lb1 Oct 25 02:56:00 = 2026-10-25T00:56:00Z", // a little out of order
                        "lb1 Oct 25 02:58:00 = 2026-10-25T00:58:00Z",
                        "lb1 Oct 25 02:01:00 = 2026-10-25T01:01:00Z",
                        "lb1 Oct 25 02:01:00 = 2026-10-25T01:01:00Z",
                        "lb1 Oct 25 02:30:00 = 2026-10-25T01:30:00Z",
                        "lb1 Oct 25 02:59:59 = 2026-10-25T01:59:59Z",
                        "lb1 Oct 25 03:00:00 = 2026-10-25T02:00:00Z",
                        "lb1 Oct 25 02:59:58 = 2026-10-25T01:59:58Z"),
                new Story(
                        "few lines",
                        "Europe/Berlin",
                        "lb1 Oct 25 02:10:00 = 2026-10-25T00:10:00Z",
                        "lb1 Oct 25 02:50:00 = 2026-10-25T00:50:00Z",
                        "lb1 Oct 25 02:10:00 = 2026-10-25T01:10:00Z",
                        "lb1 Oct 25 02:50:00 = 2026-10-25T01:50:00Z"),
                new Story(
                        "each node by itself",
                        "Europe/Berlin",
                        "lb2 Oct 25 02:00:00 = 2026-10-25T00:00:00Z",
                        "lb1 Oct 25 02:50:00 = 2026-10-25T00:50:00Z",
                        "lb2 Oct 25 02:10:00 = 2026-10-25T00:10:00Z", // of a slow relay
                        "lb1 Oct 25 02:10:00 = 2026-10-25T01:10:00Z",
                        "lb2 Oct 25 02:10:00 = 2026-10-25T00:10:00Z",
                        "lb1 Oct 25 02:10:00 = 2026-10-25T01:10:00Z",
                        "lb2 Oct 25 02:50:00 = 2026-10-25T00:50:00Z",
                        "lb2 Oct 25 02:10:00 = 2026-10-25T01:10:00Z"),
                new Story(
                        "a node that says little, by the others",
                        "Europe/Berlin",
                        "lb2 Oct 24 22:00:00 = 2026-10-24T20:00:00Z",
                        "lb1 Oct 25 02:50:00 = 2026-10-25T00:50:00Z",
                        "lb3 Oct 26 02:50:00 = 2026-10-26T01:50:00Z", // its clock is wrong
                        "lb4 Oct 25 02:46:00 = 2026-10-25T00:46:00Z",
                        "lb2 Oct 25 02:10:00 = 2026-10-25T01:10:00Z",
                        "lb4 Oct 25 02:48:00 = 2026-10-25T00:48:00Z",
                        "lb2 Oct 25 02:50:00 = 2026-10-25T01:50:00Z"),
                new Story(
                        "St. John's, twice from 1 to 2",
                        "America/St_Johns",
                        "lb1 Nov  1 00:59:00 = 2026-11-01T03:29:00Z",
                        "lb1 Nov  1 01:40:00 = 2026-11-01T04:10:00Z",
                        "lb1 Nov  1 01:20:00 = 2026-11-01T04:50:00Z",
                        "lb1 Nov  1 02:00:00 = 2026-11-01T05:30:00Z"),
                new Story(
                        "Lord Howe, twice from half past 1 to 2",
                        "Australia/Lord_Howe",
                        "lb1 Apr  5 01:29:00 = 2026-04-04T14:29:00Z",
                        "lb1 Apr  5 01:31:00 = 2026-04-04T14:31:00Z",
                        "lb1 Apr  5 01:50:00 = 2026-04-04T14:50:00Z",
                        "lb1 Apr  5 01:31:00 = 2026-04-04T15:01:00Z",
                        "lb1 Apr  5 01:50:00 = 2026-04-04T15:20:00Z",
                        "lb1 Apr  5 02:00:00 = 2026-04-04T15:30:00Z"),
                new Story(
                        "Kathmandu has no summer time",
                        "Asia/Kathmandu",
                        "lb1 Oct 25 02:50:00 = 2026-10-24T21:05:00Z",
                        "lb1 Oct 25 02:10:00 = 2026-10-24T20:25:00Z"),
                new Story(
                        "hours that are missing",
                        "Europe/Berlin",
                        "lb1 Mar 29 01:59:59 = 2026-03-29T00:59:59Z",
                        "lb1 Mar 29 02:30:00 = 2026-03-29T01:30:00Z", // a clock that was not set forward
                        "lb1 Mar 29 03:00:00 = 2026-03-29T01:00:00Z"),
                new Story(
                        "half an hour that is missing",
                        "Australia/Lord_Howe",
                        "lb1 Oct  4 01:59:59 = 2026-10-03T15:29:59Z",
                        "lb1 Oct  4 02:10:00 = 2026-10-03T15:40:00Z",
                        "lb1 Oct  4 02:30:00 = 2026-10-03T15:30:00Z"));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void inOneGo(Story story) {
        LineReader reader = reader(story.zone(), new NodeTimes());
        for (String line : story.lines()) {
            assertThat(at(reader, line, LATER)).as(line).isEqualTo(expected(line));
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void withARestartBeforeEveryLine(Story story) {
        NodeTimes times = new NodeTimes();
        for (String line : story.lines()) {
            times = NodeTimes.of(published(times));
            assertThat(at(reader(story.zone(), times), line, LATER)).as(line).isEqualTo(expected(line));
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void whenLinesAreReadAgain(Story story) {
        List<ReadPosition> committed = new ArrayList<>();
        NodeTimes times = new NodeTimes();
        LineReader reader = reader(story.zone(), times);
        for (String line : story.lines()) {
            committed.add(published(times));
            at(reader, line, LATER);
        }
        for (int from = 0; from < story.lines().length; from++) {
            LineReader again = reader(story.zone(), NodeTimes.of(committed.get(from)));
            for (int i = from; i < story.lines().length; i++) {
                String line = story.lines()[i];
                assertThat(at(again, line, LATER)).as(line).isEqualTo(expected(line));
            }
        }
    }

    @Test
    void aSecondPassThatIsStillToComeIsNone() {
        LineReader reader = reader("Europe/Berlin", new NodeTimes());
        at(reader, "lb1 Oct 25 02:50:00", Instant.parse("2026-10-25T00:50:01Z"));
        assertThat(at(reader, "lb1 Oct 25 02:40:00", Instant.parse("2026-10-25T00:50:02Z")))
                .as("late by ten minutes")
                .isEqualTo("2026-10-25T00:40:00Z");
        assertThat(at(reader, "lb1 Oct 25 02:40:01", Instant.parse("2026-10-25T01:40:02Z")))
                .isEqualTo("2026-10-25T01:40:01Z");
    }

    @Test
    void aPositionOfBeforeTimesWereKeptKnowsTheLatestMoments() {
        ReadPosition saved = new ReadPosition(
                "test",
                null,
                1,
                LATER,
                true,
                1,
                1,
                0,
                0,
                0,
                0,
                null,
                null,
                Map.of("lb1", Instant.parse("2026-10-25T00:59:00Z")),
                null);
        assertThat(at(reader("Europe/Berlin", NodeTimes.of(saved)), "lb1 Oct 25 02:30:00", LATER))
                .isEqualTo("2026-10-25T01:30:00Z");
    }

    /** As they come back from Kafka. */
    private static ReadPosition published(NodeTimes times) {
        ReadPosition position = new ReadPosition(
                "test",
                null,
                1,
                LATER,
                true,
                1,
                1,
                0,
                0,
                0,
                0,
                null,
                null,
                Map.of(),
                null,
                null,
                times.all(),
                null,
                List.of(),
                null);
        JsonSerde<ReadPosition> serde = JsonSerde.of(ReadPosition.class);
        ReadPosition read = serde.deserialize("", serde.serialize("", position));
        assertThat(read).isEqualTo(position);
        return position;
    }

    private static LineReader reader(String zone, NodeTimes times) {
        LineDefaults defaults = new LineDefaults(null, ZoneId.of(zone), null, Set.of());
        return new LineReader(new LineContext("test", defaults, LATER), new ReaderState(times));
    }

    private static @Nullable Instant at(LineReader reader, String line, Instant receivedAt) {
        String node = line.substring(0, 3);
        String timestamp = line.substring(4, 4 + "Oct 25 02:10:00".length());
        byte[] bytes = (timestamp + " " + node + " haproxy[7]: 10.0.0.1:80 said nothing of health\n")
                .getBytes(StandardCharsets.US_ASCII);
        LineOutcome outcome = reader.read(bytes, 0, bytes.length, 0, receivedAt, null);
        return outcome instanceof Traffic traffic ? traffic.at() : null;
    }

    private static Instant expected(String line) {
        return Instant.parse(line.substring(line.indexOf('=') + 2));
    }
}
