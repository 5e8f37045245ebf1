package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.line.skip.ActivityMinutes;
import io.risefall.ingest.line.skip.SkippedLines;
import io.risefall.ingest.line.time.NodeTimes;
import io.risefall.ingest.line.time.ZoneLearner;
import io.risefall.schemas.source.ReadPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The zone of timestamps that have none, where nobody said it and the same node has timestamps that have one. */
class ZoneLearnerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String DOWN = " haproxy[7]: Server b/s is DOWN";
    private static final String TRADITIONAL = "Nov 23 10:00:00 lb1" + DOWN;

    private NodeTimes times = new NodeTimes();

    @Test
    void whatAStampSaysIsTheZoneOfThoseThatDoNot() {
        LineReader reader = assuming("UTC");
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(at(reader, "2026-11-23T10:00:00.5+05:45 lb1" + DOWN)).isEqualTo("2026-11-23T04:15:00.5Z");
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T04:15:00Z");
        assertThat(at(reader, "<129>1 2026-11-23T10:00:00-03:30 lb1 haproxy 7 - - Server b/s is DOWN"))
                .isEqualTo("2026-11-23T13:30:00Z");
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T13:30:00Z");
    }

    @Test
    void ofAnotherNodeItSaysNothing() {
        LineReader reader = assuming("UTC");
        at(reader, "2026-11-23T10:00:00+05:45 lb2" + DOWN);
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T10:00:00Z");
    }

    @Test
    void aZoneThatWasSaidStands() {
        LineReader reader = new LineReader(
                new LineContext("test", LineDefaults.of(ZoneId.of("Europe/Berlin")), NOW), new ReaderState(times));
        at(reader, "2026-11-23T10:00:00+05:45 lb1" + DOWN);
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T09:00:00Z");
    }

    @Test
    void utcByItsLetterAnotherProgramOrAContainerEngineSaysNothing() {
        LineReader reader = assuming("Europe/Berlin");
        at(reader, "2026-11-23T10:00:00Z lb1" + DOWN);
        at(reader, "2026-11-23T10:00:00+05:45 lb1 cron[7]: Server b/s is DOWN");
        assertThat(at(reader, "2026-11-23T10:00:00+05:45 stderr F Server b/s is DOWN"))
                .isEqualTo("2026-11-23T04:15:00Z");
        at(reader, "2026-11-23T10:00:00+99:00 lb1" + DOWN);
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(at(reader, TRADITIONAL.replace("lb1", "localhost"))).isEqualTo("2026-11-23T09:00:00Z");
    }

    @Test
    void theAssumedZoneKeepsItsSummerTimeWhereStampsAgreeWithIt() {
        LineReader reader = assuming("Europe/Berlin");
        at(reader, "2026-10-24T10:00:00+02:00 lb1" + DOWN);
        at(reader, "2026-10-24T10:00:00+03:00 lb2" + DOWN);
        assertThat(at(reader, "Nov  1 10:00:00 lb1" + DOWN)).isEqualTo("2026-11-01T09:00:00Z");
        assertThat(at(reader, "Nov  1 10:00:00 lb2" + DOWN))
                .as("the offset alone tells no end of summer time")
                .isEqualTo("2026-11-01T07:00:00Z");
        at(reader, "2026-11-01T10:00:00+02:00 lb2" + DOWN);
        assertThat(at(reader, "Nov  1 10:00:00 lb2" + DOWN)).isEqualTo("2026-11-01T08:00:00Z");
    }

    @Test
    void linesThatAreSkippedSayItToo() {
        byte[] traffic = "2026-11-23T10:00:00+05:45 lb1 haproxy[7]: 10.0.0.1:80 of no interest"
                .getBytes(StandardCharsets.US_ASCII);
        LineReader ahead = new LineReader(context("UTC"));
        ahead.learnFrom(traffic, 0, traffic.length);
        assertThat(ahead.skip(traffic, 0, traffic.length, null)).isPositive();
        SkippedLines skipped = ahead.skipped();
        assertThat(skipped).isNotNull();
        LineReader reader = assuming("UTC");
        reader.account(skipped, new Uncounted());
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T04:15:00Z");
    }

    @Test
    void linesOfAKnownHeaderSayItToo() {
        LineReader reader = assuming("UTC");
        at(reader, "2026-11-23T10:00:00+01:00 lb1 haproxy[7]: 10.0.0.1:80 of no interest");
        at(reader, "2026-11-23T15:00:00+05:45 lb1" + DOWN);
        assertThat(at(reader, "2026-11-23T10:30:00+01:00 lb1" + DOWN)).isEqualTo("2026-11-23T09:30:00Z");
        assertThat(at(reader, TRADITIONAL)).isEqualTo("2026-11-23T09:00:00Z");
    }

    @Test
    void aRestartForgetsNothing() {
        at(assuming("UTC"), "2026-11-23T10:00:00+05:45 lb1" + DOWN);
        times = NodeTimes.of(new ReadPosition(
                "test",
                null,
                1,
                NOW,
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
                null));
        assertThat(at(assuming("UTC"), TRADITIONAL)).isEqualTo("2026-11-23T04:15:00Z");
    }

    @Test
    void aFileSaysItForTheLinesBeforeToo() {
        String head = TRADITIONAL + "\n2026-11-23T10:00:01+05:45 lb1" + DOWN + "\n2026-11-23T11:00:01+01:00 lb1" + DOWN
                + "\n2026-11-23T10:00:01+05:45 lb2 cron: x\n2026-11-23T10:00:01+05:";
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        times = ZoneLearner.learn(bytes, context("UTC"));
        assertThat(at(assuming("UTC"), TRADITIONAL)).isEqualTo("2026-11-23T04:15:00Z");
        assertThat(at(assuming("UTC"), TRADITIONAL.replace("lb1", "lb2"))).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(ZoneLearner.learn(bytes, new LineContext("test", LineDefaults.of(ZoneId.of("UTC")), NOW))
                        .all())
                .isEmpty();
    }

    private LineReader assuming(String zone) {
        return new LineReader(context(zone), new ReaderState(times));
    }

    private static LineContext context(String zone) {
        LineDefaults defaults = new LineDefaults(null, ZoneId.of(zone), null, Set.of());
        return new LineContext("test", defaults.withAssumedZone(ZoneId.of(zone)), NOW);
    }

    private static @Nullable Instant at(LineReader reader, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        LineOutcome outcome = reader.read(bytes, 0, bytes.length, 0, NOW, null);
        return outcome instanceof Events events ? events.events().get(0).at() : null;
    }

    /** Counts nothing. */
    private static final class Uncounted implements SkippedLines.Counter {
        @Override
        public void unrelated(long lines) {}

        @Override
        public void traffic(String node, long lines, @Nullable Instant latest) {}

        @Override
        public void active(ActivityMinutes lines) {}

        @Override
        public void last(Instant at) {}
    }
}
