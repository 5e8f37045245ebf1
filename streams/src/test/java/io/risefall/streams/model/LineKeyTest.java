package io.risefall.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.streams.Story;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of stored lines sort by entity, time, log, age of the file and position; and what a key and a line say of the log path. */
class LineKeyTest {
    private static final TrackedEntity ENTITY = TrackedEntity.of("lb1", Story.SERVER);

    @Test
    void keysSortByTimeThenLogThenTheOldestFileFirst() {
        List<String> keys = Stream.of(
                        event("a", "1969-12-31T23:59:59.999999Z", 0, 0),
                        event("z", "1970-01-01T00:00:00Z", 0, 0),
                        event("a.10.gz", "2026-11-23T01:00:00Z", 5, 0),
                        event("a.2", "2026-11-23T01:00:00Z", 5, 0),
                        event("a.1.zst", "2026-11-23T01:00:00Z", 5, 0),
                        event("a", "2026-11-23T01:00:00Z", 4, 0),
                        event("a", "2026-11-23T01:00:00Z", 4, 1),
                        event("a", "2026-11-23T01:00:00Z", 16, 0),
                        event("b.1", "2026-11-23T01:00:00Z", 0, 0),
                        event("a", "2026-11-23T01:00:00.000001Z", 0, 0))
                .map(event -> LineKey.of(ENTITY, event))
                .toList();
        assertThat(keys).isSorted().doesNotHaveDuplicates();
        assertThat(keys)
                .allSatisfy(key -> assertThat(key)
                        .startsWith(LineKey.prefix(ENTITY))
                        .isLessThan(LineKey.endOf(LineKey.prefix(ENTITY))));
        assertThat(keys).extracting(LineKey::entityKey).containsOnly(ENTITY.key());
    }

    /** A line can hold anything where its host should stand. */
    @Test
    void aHostWithTheSeparatorInItsNameKeepsTheKeyWhole() {
        TrackedEntity entity = TrackedEntity.of("ho" + LineKey.END + "st", Story.SERVER);
        HealthEvent event = event("a", "2026-11-23T01:00:00Z", 5, 0);
        String key = LineKey.of(entity, event);

        assertThat(LineKey.entityKey(key)).isEqualTo(entity.key());
        assertThat(LineKey.at(key)).isEqualTo(event.at());
        assertThat(LineKey.lineOf(key, null)).isEqualTo(new LinePosition("file:a", 5, 0));
    }

    /** Keys are stored: they must not change. */
    @Test
    void aKeyIsWrittenInOneWay() {
        HealthEvent event = event("a.2.gz", "2026-11-23T01:00:00.000001Z", 0xabcdef, 26);
        assertThat(LineKey.of(ENTITY, event).replace(LineKey.END, '|'))
                .isEqualTo("lb1/web/s1|800660e71cf82401|file:a|99997|0000000000abcdef.0000001a");
    }

    @Test
    void aKeyHasTheTimeOfItsLine() {
        for (String at :
                List.of("1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z", "2026-11-23T01:00:00.123456Z")) {
            assertThat(LineKey.at(LineKey.of(ENTITY, event("a", at, 0, 0)))).isEqualTo(at);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/var/log/haproxy.log, /var/log/haproxy.log, 99999",
        "/var/log/haproxy.log.1, /var/log/haproxy.log, 99998",
        "/var/log/haproxy.log.2.gz, /var/log/haproxy.log, 99997",
        "/var/log/haproxy.log.12.zst, /var/log/haproxy.log, 99987",
        "/var/log/haproxy.log-20261123, /var/log/haproxy.log-20261123, 99999",
        "/var/log/haproxy.log.3.zst.gz, /var/log/haproxy.log.3.zst, 99999",
        "/var/log/haproxy7, /var/log/haproxy7, 99999",
        "/var/log/haproxy.log.20261123, /var/log/haproxy.log.20261123, 99999",
    })
    void aRotatedFileIsOfTheSameLog(String file, String log, String age) {
        HealthEvent event = event(file, "2026-11-23T01:00:00Z", 7, 0);
        LogPath path = LogPath.of(LineKey.of(ENTITY, event), Line.of(event));
        assertThat(path.log()).isEqualTo("file:" + log);
        assertThat(path.age()).isEqualTo(age);
        assertThat(path.target()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | Server web/s1 is DOWN. | none",
                "none | <134>Server web/s1 is DOWN. | ' facility 16'",
                "none | <129>Server web/s1 is DOWN. | ' facility 16'",
                "none | <143>Server web/s1 is DOWN. | ' facility 17'",
                "none | <1341>Server web/s1 is DOWN. | none",
                "none | <1x>Server web/s1 is DOWN. | none",
                "none | <>Server web/s1 is DOWN. | none",
                "none | <13Server web/s1 is DOWN. | none",
                "none | x<134>Server web/s1 is DOWN. | none",
                "10.0.0.7 | Server web/s1 is DOWN. | 10.0.0.7",
                "10.0.0.7 | <134>[WARNING] (1) : Server web/s1 is DOWN. | 10.0.0.7 facility 16 stderr",
                "none | [WARNING] (2) : Server web/s1 is DOWN. | none",
            })
    void whatALineShowsOfItsTarget(String sender, String line, String target) {
        HealthEvent event = event(new Origin("udp", 0, 0, sender), line);
        assertThat(Line.of(event).target()).isEqualTo(target);
        assertThat(LogPath.of(LineKey.of(ENTITY, event), Line.of(event)).target())
                .isEqualTo(target == null ? "" : target);
    }

    @Test
    void whichFileWasRotatedBefore() {
        LogPath first = new LogPath("a", "99997", "x");
        LogPath second = new LogPath("a", "99998", "x");
        assertThat(first.isRotatedBefore(second)).isTrue();
        assertThat(second.isRotatedBefore(first)).isFalse();
        assertThat(first.isRotatedBefore(first)).isFalse();
        assertThat(first.isRotatedBefore(new LogPath("b", "99998", "x"))).isFalse();
        assertThat(first.isRotatedBefore(new LogPath("a", "99998", "y"))).isFalse();
        assertThat(Stream.of(second, new LogPath("a", "99997", "y"), first, new LogPath("b", "1", "x"))
                        .sorted())
                .extracting(path -> path.name().replace(LineKey.END, ' '))
                .containsExactly("a 99997 x", "a 99998 x", "a 99997 y", "b 1 x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/log/haproxy.log",
                "/var/log/haproxy.log.1",
                "/var/log/haproxy.log.02.gz",
                "/var/log/haproxy.log.0",
                "/var/log/haproxy.log.3.zst.gz",
                "/var/log/haproxy.zst",
                "/var/log/haproxy.log-20261123",
                "7"
            })
    void aStoredLineSaysWhichOneItIs(String file) {
        HealthEvent event = event(file, "2026-11-23T01:00:00.000001Z", 0x1_0000_0007L, 26);
        JsonSerde<Line> serde = JsonSerde.of(Line.class);
        Line line = Line.of(event);
        Line stored = serde.deserialize("", serde.serialize("", line));
        assertThat(stored.position()).isNull();
        assertThat(stored.of(LineKey.of(ENTITY, event))).isEqualTo(line);
        assertThat(line.position()).isEqualTo(new LinePosition("file:" + file, 0x1_0000_0007L, 26));
    }

    @Test
    void ofAFileBeforeAndAfterItsCompressionTheSameLineIsKept() {
        Line plain = Line.of(event("a.2", "2026-11-23T01:00:00Z", 5, 0));
        Line packed = Line.of(event("a.2.gz", "2026-11-23T01:00:00Z", 5, 0));
        assertThat(plain.orSame(packed)).isSameAs(packed);
        assertThat(packed.orSame(plain)).isSameAs(packed);
        assertThat(plain.orSame(null)).isSameAs(plain);
        Line current = Line.of(event("a", "2026-11-23T01:00:00Z", 5, 0));
        assertThat(current.orSame(packed)).isSameAs(packed);
        assertThat(packed.orSame(current)).isSameAs(packed);
    }

    @Test
    void entities() {
        assertThat(ENTITY.isBackend()).isFalse();
        assertThat(ENTITY.isProcesses()).isFalse();
        assertThat(ENTITY.backend()).isEqualTo(TrackedEntity.backend("lb1", "web"));
        assertThat(ENTITY.backend().isBackend()).isTrue();
        assertThat(ENTITY.backend().isProcesses()).isFalse();
        assertThat(TrackedEntity.processes("lb1").isProcesses()).isTrue();
        assertThat(List.of(ENTITY, ENTITY.backend(), TrackedEntity.processes("lb1")))
                .allSatisfy(entity -> assertThat(entity.key()).startsWith(TrackedEntity.nodeKey("lb1")));
    }

    private static HealthEvent event(String file, String at, long position, int repeat) {
        Instant time = Instant.parse(at);
        return new HealthEvent(
                time,
                true,
                time.plusSeconds(1),
                "lb1",
                1L,
                "haproxy",
                null,
                Story.message("0 1 down".split(" ")),
                new LineFrame("", null, null),
                new Origin("file:" + file, position, repeat, null));
    }

    private static HealthEvent event(Origin origin, String line) {
        return new HealthEvent(
                Story.START,
                true,
                Story.START,
                "lb1",
                1L,
                "haproxy",
                null,
                Story.message("0 1 down".split(" ")),
                LineFrame.of(line, "Server web/s1 is DOWN."),
                origin);
    }
}
