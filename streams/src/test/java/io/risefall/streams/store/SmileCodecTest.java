package io.risefall.streams.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.streams.Story;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.TimestampPrecision;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.process.ProcessFact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects as they are stored; what a build has stored, all later ones read. */
class SmileCodecTest {
    private static final String KEY = "lb1/web/s1\u0000";
    private static final LineSegment SEGMENT = new LineSegment(
            List.of(KEY + "800660e71cf82401|a.1", KEY + "800660e71cf92402|a.2"),
            List.of(
                    line("2026-11-23T01:00:00.000001Z", "check", "fail", "1/2", "UP", "L7STS:503:12"),
                    line("2026-11-23T01:00:02Z", "down", "L7STS:503:12", "left=0")));

    private static Line line(String at, String... words) {
        String[] parts = new String[words.length + 2];
        System.arraycopy(words, 0, parts, 2, words.length);
        return new Line(
                Instant.parse(at),
                7L,
                Severity.ALERT,
                Story.message(parts),
                TimestampPrecision.FRACTIONS,
                null,
                null,
                null);
    }

    @Test
    void aSegmentIsStoredInOneWay() throws IOException {
        byte[] golden = golden("/line-segment.hex");
        assertThat(HexFormat.of().formatHex(new LineSegmentCodec().encode(KEY, SEGMENT)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(new LineSegmentCodec().decode(KEY, golden)).isEqualTo(SEGMENT);
    }

    /** Lines are written by hand: the same bytes that Jackson writes. */
    @ParameterizedTest
    @MethodSource("messages")
    void aLineIsWrittenAsJacksonWritesIt(HealthMessage message) throws IOException {
        ObjectMapper jackson = SmileMapper.builder(SmileFactory.builder()
                        .enable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
                        .build())
                .addModule(new SimpleModule().addSerializer(Instant.class, new SmileCodec.InstantWriter()))
                .build();
        Instant at = Instant.parse("2026-11-23T01:00:00.000001Z");
        for (Line line : List.of(
                new Line(at, 7L, Severity.ALERT, message, TimestampPrecision.WHOLE, "local0", ".2.gz", null),
                new Line(at, Long.MAX_VALUE, null, message, null, null, null, null))) {
            assertThat(new String(SmileCodec.of(Line.class).encode(KEY, line), StandardCharsets.ISO_8859_1))
                    .isEqualTo("\1" + new String(jackson.writeValueAsBytes(line), StandardCharsets.ISO_8859_1));
        }
    }

    static Stream<HealthMessage> messages() {
        ServerName server = new ServerName("web", "s1");
        CheckReason reason = new CheckReason(CheckStatus.L7STS, -1, "say \"no\" \u00e9", 3_000_000_000L);
        return Stream.of(
                new CheckResult(
                        server,
                        true,
                        false,
                        CheckResult.Outcome.FAILED,
                        reason,
                        1,
                        3_000_000,
                        CheckResult.State.UP,
                        false,
                        "tail"),
                new CheckResult(server, false, true, CheckResult.Outcome.SUCCEEDED, null, null, null, null, true, null),
                new ServerSwitch(
                        server,
                        true,
                        Transition.DOWN,
                        true,
                        false,
                        "CLI",
                        "DNS NX status",
                        new CheckReason(CheckStatus.L4TOUT, null, null, null),
                        new ServerName("b", "s".repeat(70)),
                        "a.example",
                        new ServerCounts(1, 0, true, 2L, 3L, Long.MAX_VALUE),
                        true,
                        ". 1 act",
                        ServerSwitch.OF_1_4),
                new ServerSwitch(
                        server,
                        false,
                        Transition.UP,
                        null,
                        null,
                        null,
                        null,
                        reason,
                        null,
                        null,
                        new ServerCounts(-1, 2, false, null, null, null),
                        false,
                        null,
                        null),
                new BackendEmpty("web", "backend", null),
                new ProxyNotice("web", ProxyNotice.What.STOPPED, null, List.of(1L, 2L), ProxyNotice.CUMULATED));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(SmileCodecTest.class.getResourceAsStream(name))) {
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "1969-12-31T23:59:59.999999Z",
                "2026-11-23T01:00:00.000000001Z",
                "2026-11-23T01:00:00.123456Z"
            })
    void timesAreKeptWhole(String time) {
        ProcessFact fact = new ProcessFact(Instant.parse(time), 1, ProcessFact.Kind.ALIVE, "", false, null, null, null);
        SmileCodec<ProcessFact> codec = SmileCodec.of(ProcessFact.class);
        assertThat(codec.decode("", codec.encode("", fact))).isEqualTo(fact);
    }

    @Test
    void whatAnOlderBuildStoredAsJsonIsRead() {
        TrackedEntity entity = TrackedEntity.backend("lb1", "web");
        byte[] json = JsonSerde.of(TrackedEntity.class).serialize("", entity);
        assertThat(SmileCodec.of(TrackedEntity.class).decode("", json)).isEqualTo(entity);
    }

    @Test
    void anUnknownFormatAndDamageAreNamed() {
        SmileCodec<TrackedEntity> codec = SmileCodec.of(TrackedEntity.class);
        assertThatThrownBy(() -> codec.decode("lb1/web", new byte[] {2, 1}))
                .hasMessage("what is stored under lb1/web has a format that this Risefall does not know");
        assertThatThrownBy(() -> codec.decode("lb1/web", new byte[0])).hasMessageContaining("does not know");
        assertThatThrownBy(() -> codec.decode("lb1/web", new byte[] {1, 1}))
                .hasMessage("what is stored under lb1/web is damaged");
    }
}
