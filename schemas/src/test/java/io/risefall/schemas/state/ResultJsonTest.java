package io.risefall.schemas.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written by hand is what Jackson writes, byte for byte; what is read by hand is what Jackson reads. */
class ResultJsonTest {
    private static final JsonSerde<StateRecord> STATE = JsonSerde.of(StateRecord.class);
    private static final JsonSerde<Rollup> ROLLUP = JsonSerde.of(Rollup.class);
    private static final String STATES = Topics.STATES.topic();
    private static final String ROLLUPS = Topics.ROLLUPS.topic();

    private static final Instant AT = Instant.parse("2026-11-23T00:21:56.466547Z");
    private static final ServerName SERVER = new ServerName("app", "srv1");
    private static final CheckReason REASON = new CheckReason(CheckStatus.L7STS, 503, "say \"no\" \ud83d\ude00", 2001L);
    private static final int RANDOM = 2000;

    private final ResultJson json = new ResultJson();
    private final ResultReader reader = new ResultReader();

    static Stream<StateRecord> states() {
        Provenance provenance = Provenance.of(
                Evidence.of(Role.FIRST_FAILURE, new LinePosition("file:/var/log/haproxy.log", 7, 0), AT),
                Evidence.of(Role.OPENED, new LinePosition("udp:127.0.0.1:5514", Long.MAX_VALUE, 3), AT),
                Evidence.processBegan(AT),
                Evidence.inferred(Rule.MAINTENANCE_FROM_DOWN, null, AT));
        ServerCounts counts = new ServerCounts(1, 0, true, 2L, 3L, Long.MAX_VALUE);
        return Stream.of(
                new Outage(
                        "lb1",
                        SERVER,
                        true,
                        AT,
                        AT.plusSeconds(1),
                        Outage.EndedBy.MAINTENANCE,
                        REASON,
                        "CLI",
                        new ServerName("b", "s"),
                        true,
                        false,
                        AT.minusNanos(1),
                        true,
                        false,
                        4043L,
                        AT,
                        counts,
                        provenance),
                new Outage(
                        "l/b%1", SERVER, false, AT, null, null, null, null, null, false, true, null, false, true, null),
                new StateInterval("lb1", SERVER, true, Health.MAINT, AT, AT, "maintenance", 1L, provenance),
                new StateInterval("lb1", SERVER, false, Health.UNKNOWN, AT, null, "", null),
                new StateInterval(
                        "lb1", SERVER, false, Health.UP, AT, null, "L7OK", -1L, new Provenance(List.of(), 12)),
                new BackendOutage("lb1", "app", AT, null, provenance),
                new Doubt("lb1", SERVER, AT, AT, null),
                new Corrections("lb1", 7, 1, AT));
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyKindOfState(StateRecord record) {
        check(record);
    }

    @Test
    void randomResults() {
        Random random = new Random(1);
        for (int i = 0; i < RANDOM; i++) {
            check(outage(random));
            check(new StateInterval(
                    text(random),
                    SERVER,
                    random.nextBoolean(),
                    Health.values()[random.nextInt(Health.values().length)],
                    time(random),
                    maybe(random, () -> time(random)),
                    text(random),
                    maybe(random, random::nextLong),
                    maybe(random, () -> provenance(random))));
            check(new Rollup(
                    text(random),
                    SERVER,
                    time(random),
                    status(random),
                    maybe(random, random::nextInt),
                    random.nextInt(9),
                    random.nextInt(),
                    maybe(random, random::nextLong),
                    maybe(random, () -> provenance(random))));
        }
    }

    /** Each byte is replaced by some others: what is read by hand is what Jackson reads, or refuses. */
    @ParameterizedTest
    @MethodSource("states")
    void damageIsReadAsJacksonReadsIt(StateRecord record) {
        byte[] written = STATE.serialize(STATES, record);
        for (int i = 0; i < written.length; i++) {
            for (char other : "\"\\{}[],:09-.Zx \n\0".toCharArray()) {
                byte[] damaged = written.clone();
                damaged[i] = (byte) other;
                if (written[i] > 0) {
                    assertThat(outcome(bytes -> reader.state(STATES, bytes), damaged))
                            .as(new String(damaged, StandardCharsets.UTF_8))
                            .isEqualTo(outcome(bytes -> STATE.deserialize(STATES, bytes), damaged));
                }
            }
        }
    }

    @Test
    void aTombstoneIsNone() {
        assertThat(reader.state(STATES, null)).isNull();
        assertThat(reader.rollup(ROLLUPS, null)).isNull();
    }

    private static Outage outage(Random random) {
        return new Outage(
                text(random),
                SERVER,
                random.nextBoolean(),
                time(random),
                maybe(random, () -> time(random)),
                maybe(random, () -> Outage.EndedBy.values()[random.nextInt(Outage.EndedBy.values().length)]),
                maybe(
                        random,
                        () -> new CheckReason(
                                status(random),
                                maybe(random, random::nextInt),
                                maybe(random, () -> text(random)),
                                maybe(random, random::nextLong))),
                maybe(random, () -> text(random)),
                maybe(random, () -> SERVER),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(random, () -> time(random)),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(random, random::nextLong),
                maybe(random, () -> time(random)),
                maybe(
                        random,
                        () -> new ServerCounts(
                                random.nextInt(),
                                random.nextInt(9),
                                random.nextBoolean(),
                                maybe(random, random::nextLong),
                                maybe(random, () -> 0L),
                                maybe(random, random::nextLong))),
                maybe(random, () -> provenance(random)));
    }

    private static Provenance provenance(Random random) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            LinePosition line =
                    maybe(random, () -> new LinePosition(text(random), random.nextLong(), random.nextInt(2)));
            Role role = Role.values()[random.nextInt(Role.values().length)];
            evidence.add(
                    role == Role.INFERRED
                            ? Evidence.inferred(Rule.values()[random.nextInt(Rule.values().length)], line, time(random))
                            : Evidence.of(role, line, time(random)));
        }
        return new Provenance(evidence, random.nextInt(2));
    }

    private static CheckStatus status(Random random) {
        return CheckStatus.values()[random.nextInt(CheckStatus.values().length)];
    }

    private static Instant time(Random random) {
        return AT.plusNanos(random.nextInt(3) * 1_000_000_000L).plusNanos(random.nextInt(1000) * 1000L);
    }

    private static String text(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static <T> @Nullable T maybe(Random random, Supplier<@Nullable T> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private void check(StateRecord record) {
        byte[] written = json.bytes(record);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo(new String(STATE.serialize(STATES, record), StandardCharsets.UTF_8));
        assertThat(reader.state(STATES, written)).isEqualTo(STATE.deserialize(STATES, written));
    }

    private void check(Rollup rollup) {
        byte[] written = json.bytes(rollup);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo(new String(ROLLUP.serialize(ROLLUPS, rollup), StandardCharsets.UTF_8));
        assertThat(reader.rollup(ROLLUPS, written)).isEqualTo(ROLLUP.deserialize(ROLLUPS, written));
    }

    private static <T> List<Object> outcome(Function<byte[], T> of, byte[] json) {
        List<Object> outcome = new ArrayList<>();
        try {
            outcome.add(of.apply(json));
        } catch (SerializationException e) {
            outcome.add("refused");
        }
        return outcome;
    }
}
