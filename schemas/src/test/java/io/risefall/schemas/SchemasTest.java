package io.risefall.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckResult.Outcome;
import io.risefall.schemas.message.CheckResult.State;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.ConnectProblem;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ProxySnapshot;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.NodeTime;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.SenderTally;
import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.source.Unstamped;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Corrections;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record with all it can hold and with the least: it is what its schema says, and comes back the same. */
class SchemasTest {
    private static final ServerName SERVER = new ServerName("reason:", "srv.with.many.dots...");
    private static final ServerName OTHER = new ServerName("is", "v2.");
    private static final Instant AT = Instant.parse("2026-11-23T00:21:56.466547Z");
    private static final Instant LATER = Instant.parse("2026-11-23T00:22:00Z");
    private static final Arrivals ARRIVALS = new Arrivals(
            3,
            Map.of("the journal was full", 2L),
            Map.of("connections closed after a long silence", 1L),
            List.of(new SenderTally("192.0.2.7", 5, 900, LATER)),
            Map.of("lb1", -12L));
    private static final CheckReason REASON = new CheckReason(CheckStatus.L7STS, -1, "<22>\u00e9\"", 12L);
    private static final CheckReason BARE_REASON = new CheckReason(CheckStatus.HANA, null, null, null);
    private static final ServerCounts COUNTS = new ServerCounts(1, 2, false, 3L, 4L, 5L);
    private static final Origin ORIGIN = new Origin("udp:127.0.0.1:5514", 7, 1, "127.0.0.1:999");

    private static final LineFrame FRAME = new LineFrame("<129>\ufffd haproxy[7]: ", " ]", null);

    static Stream<HealthMessage> messages() {
        return Stream.of(
                new ServerSwitch(
                        SERVER,
                        true,
                        Transition.DOWN,
                        true,
                        false,
                        "CLI",
                        "DNS NX status",
                        REASON,
                        OTHER,
                        "pod0.svc",
                        COUNTS,
                        true,
                        " rest",
                        ServerSwitch.OF_1_4),
                new ServerSwitch(
                        SERVER, false, Transition.UP, null, null, null, null, null, null, null, null, false, null),
                new CheckResult(SERVER, true, true, Outcome.FAILED, REASON, 2, 3, State.UP, true, " rest"),
                new CheckResult(SERVER, false, false, Outcome.SUCCEEDED, null, null, null, null, false, null),
                new CheckResult(
                        SERVER, false, false, Outcome.CONDITIONALLY_SUCCEEDED, BARE_REASON, null, null, null, true, ""),
                new BackendEmpty("b", "backend"),
                new BackendEmpty("b", "proxy", BackendEmpty.QUOTED),
                new ProxyNotice("b", ProxyNotice.What.STOPPED, "backend", List.of(1L, 2L), ProxyNotice.CUMULATED),
                new ProxyNotice("b", ProxyNotice.What.STARTED, null, List.of(), null),
                new AddressChange(SERVER, "IP", "", "127.0.0.1", "DNS cache", AddressChange.COLON),
                new AddressChange(SERVER, "FQDN", "(null)", "pod0", "SRV record", null),
                new ServerNotice(SERVER, true, ServerNotice.What.RENAMED, "old", ""),
                new ServerNotice(SERVER, false, ServerNotice.What.READY_BY_DNS, null, null),
                new ObservedServer(SERVER, true, Health.DRAIN, "DRAIN (agent)", REASON, "[::1]:8080", "pod0.svc"),
                new ObservedServer(SERVER, false, Health.UP, "UP 1/3", null, null, null),
                new ServerSnapshot(SERVER, true, 1L, 2L, 30_000_000_000L, " rest"),
                new ServerSnapshot(SERVER, false, null, null, null),
                new ProxySnapshot("b", ProxySnapshot.What.SERVERS_AVAILABLE, 1, 2, "Conn: "),
                new ProxySnapshot("b", ProxySnapshot.What.DUMPING, null, null, null),
                new ConnectProblem("b", "Connect() failed", "no free ports"),
                new ConnectProblem("b", "Cannot bind to source address before connect()", null),
                new MasterNotice(
                        MasterNotice.What.ALL_EXITED,
                        "All workers exited. Exiting... ({code})",
                        null,
                        null,
                        139,
                        null,
                        null,
                        null),
                new MasterNotice(
                        MasterNotice.What.FORMER_EXITED,
                        "Former worker #{number} ({worker}) exited with code {code} ({cause}), as it exceeds max reloads ({limit})",
                        322L,
                        1,
                        143,
                        "Terminated",
                        50,
                        null));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void events(HealthMessage message) {
        assertRoundTrip(
                Topics.EVENTS,
                HealthEvent.class,
                new HealthEvent(AT, true, LATER, "lb1", 4043L, "haproxy", Severity.ALERT, message, FRAME, ORIGIN));
        assertRoundTrip(
                Topics.EVENTS,
                HealthEvent.class,
                new HealthEvent(
                        AT,
                        false,
                        LATER,
                        "lb1",
                        null,
                        null,
                        null,
                        message,
                        new LineFrame(null, null, "{\"log\":\"\u00e9\"}"),
                        new Origin("stdin", 0, 0, null)));
    }

    static Stream<StateRecord> states() {
        return Stream.of(
                new StateInterval("n", SERVER, true, Health.MAINT, AT, LATER, "maintenance", 7L),
                new StateInterval("n", SERVER, false, Health.UNKNOWN, AT, null, "reload", null),
                new Outage(
                        "n",
                        SERVER,
                        true,
                        AT,
                        LATER,
                        Outage.EndedBy.MAINTENANCE,
                        REASON,
                        "CLI",
                        OTHER,
                        true,
                        true,
                        AT,
                        true,
                        false,
                        7L,
                        LATER,
                        new ServerCounts(1, 0, false, 3L, 2L, 0L),
                        new Provenance(
                                List.of(
                                        Evidence.of(Evidence.Role.OPENED, new LinePosition("f", 7, 2), AT),
                                        Evidence.of(Evidence.Role.REPEATED, null, AT)),
                                3)),
                new Outage("n", SERVER, false, AT, null, null, null, null, null, false, false, null, false, true, null),
                new StateInterval(
                        "n",
                        SERVER,
                        false,
                        Health.UP,
                        AT,
                        null,
                        "reload",
                        null,
                        Provenance.of(
                                Evidence.processBegan(AT),
                                Evidence.inferred(Evidence.Rule.DOWN_LATER, new LinePosition("f", 0, 0), AT))),
                new BackendOutage("n", "b", AT, LATER, Provenance.NONE),
                new BackendOutage("n", "b", AT, LATER),
                new BackendOutage("n", "b", AT, null),
                new Corrections("n", 1000, 0, null),
                new Corrections("n", 1000, 2, AT),
                new Loss("n", "b", 7, AT, LATER, 2, 3, 1, 2, 0),
                new Doubt("n", SERVER, AT, LATER, LATER),
                new Doubt("n", SERVER, AT, LATER, null));
    }

    @ParameterizedTest
    @MethodSource("states")
    void states(StateRecord state) {
        assertRoundTrip(Topics.STATES, StateRecord.class, state);
    }

    @Test
    void rollups() {
        assertRoundTrip(
                Topics.ROLLUPS, Rollup.class, new Rollup("n", SERVER, LATER, CheckStatus.L7STS, 503, 3, 1, 1001L));
        assertRoundTrip(
                Topics.ROLLUPS, Rollup.class, new Rollup("n", SERVER, LATER, CheckStatus.L4CON, null, 0, 0, null));
        Provenance counted = Provenance.of(Evidence.of(Evidence.Role.COUNTED, new LinePosition("f", 7, 0), AT));
        assertRoundTrip(
                Topics.ROLLUPS,
                Rollup.class,
                new Rollup("n", SERVER, LATER, CheckStatus.L4CON, null, 1, 0, null, counted));
    }

    @Test
    void flapping() {
        assertRoundTrip(Topics.FLAPPING, Flapping.class, new Flapping("n", SERVER, AT, LATER, 4, 2750.5));
    }

    @Test
    void signs() {
        assertRoundTrip(
                Topics.SIGNS,
                ProcessActivity.class,
                new ProcessActivity("n", "file:/a", 7L, AT, 1L << 59 | 1, 1, AT, LATER));
        assertRoundTrip(Topics.SIGNS, ProcessActivity.class, new ProcessActivity("n", "udp:a", null, AT, 2, 0, AT, AT));
    }

    @Test
    void absences() {
        assertRoundTrip(
                Topics.ABSENCES, Absence.class, new Absence("n/1", "udp:a", AT, LATER, "Risefall was stopped", -7));
        assertRoundTrip(Topics.ABSENCES, Absence.class, new Absence("", "udp:a", AT, AT, "stopped", 0));
    }

    @Test
    void notes() {
        assertRoundTrip(Topics.NOTES, Note.class, new Note(AT, "deploy 4.2", "n/1", "web", "s1", LATER));
        assertRoundTrip(Topics.NOTES, Note.class, new Note(AT, "x", null, null, null, AT));
    }

    @Test
    void silences() {
        assertRoundTrip(
                Topics.SILENCES,
                AlertSilence.class,
                new AlertSilence("0a1b2c3d", "n/1", "web", "s*", AT, LATER, "new disks", "anna"));
        assertRoundTrip(
                Topics.SILENCES, AlertSilence.class, new AlertSilence("x", null, "web", null, AT, AT, "disks", null));
    }

    @Test
    void positions() {
        assertRoundTrip(
                Topics.POSITIONS,
                ReadPosition.class,
                new ReadPosition(
                        "file:/a", "8:15", 9, AT, true, 6, 1, 2, 1, 1, 1, AT, LATER, Map.of("lb1", AT), ARRIVALS));
        assertRoundTrip(
                Topics.POSITIONS,
                ReadPosition.class,
                new ReadPosition("stdin", null, 0, AT, false, 0, 0, 0, 0, 0, 0, null, null, Map.of(), null));
        assertRoundTrip(
                Topics.POSITIONS,
                ReadPosition.class,
                ReadPosition.left("file:/a", "file:/a#0", "base=0 head=4:81b0", 4, AT));
        Map<String, NodeTime> times = Map.of("lb1", new NodeTime(LATER, 3600, AT), "lb2", new NodeTime(AT, null, null));
        assertRoundTrip(
                Topics.POSITIONS,
                ReadPosition.class,
                new ReadPosition(
                        "udp:a", null, 9, AT, true, 2, 0, 2, 0, 0, 0, null, null, Map.of(), ARRIVALS, null, times, null,
                        List.of(), null));
        HealthEvent held = new HealthEvent(
                AT, true, LATER, "lb1", 7L, "haproxy", Severity.INFO, new BackendEmpty("b", "backend"), FRAME, ORIGIN);
        Unstamped unstamped = new Unstamped(
                1,
                List.of(new Unstamped.Told(AT, true, "lb1", 7L, -1, 9), new Unstamped.Told(AT, false, "n", null, 2, 5)),
                List.of(new Unstamped.Waiting(held, true, "caf\u00e9\u0001")));
        assertRoundTrip(
                Topics.POSITIONS,
                ReadPosition.class,
                new ReadPosition(
                        "udp:a",
                        null,
                        9,
                        AT,
                        true,
                        5,
                        0,
                        2,
                        0,
                        0,
                        0,
                        null,
                        null,
                        Map.of(),
                        ARRIVALS,
                        null,
                        times,
                        new UnknownHeaders(
                                3,
                                List.of(
                                        new UnknownHeaders.Shape("a[N]: ", 2, "web[1]: x", "web"),
                                        new UnknownHeaders.Shape("", 1, "x", null))),
                        List.of(
                                new ProcessLevel("lb1", 7L, false, Severity.NOTICE, null, List.of()),
                                new ProcessLevel("lb1", null, true, null, Severity.INFO, List.of(held))),
                        unstamped));
    }

    @Test
    void rejected() {
        Rejected rejected = new Rejected(AT, "cut", new byte[] {0, (byte) 0xFF, 'a'}, ORIGIN);
        JsonSerde<Rejected> serde = JsonSerde.of(Rejected.class);
        byte[] json = serde.serialize("", rejected);
        SchemaCheck.assertValid(Topics.REJECTED, json);
        // A record with an array has the array's identity for equality.
        assertThat(serde.deserialize("", json)).usingRecursiveComparison().isEqualTo(rejected);
    }

    @Test
    void aReaderLivesWithANewerWriter() {
        String json =
                "{\"node\":\"n\",\"proxy\":\"b\",\"type\":\"backend-outage\",\"startedAt\":\"2026-11-23T00:22:00Z\","
                        + "\"since4\":1}";
        assertThat(SchemaCheck.errors(Topics.STATES, json)).isEmpty();
        assertThat(JsonSerde.of(StateRecord.class).deserialize("", json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new BackendOutage("n", "b", LATER, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"state\"}", "{\"type\":\"other\"}", "[]", "null"})
    void theSchemasRefuseWhatIsNoRecord(String json) {
        for (Topics topic : Topics.values()) {
            assertThat(SchemaCheck.errors(topic, json)).as(topic.topic()).isNotEmpty();
        }
    }

    @Test
    void aValueThatIsNoJsonIsNamed() {
        byte[] bytes = "nonsense".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JsonSerde.of(Rollup.class).deserialize("t", bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("topic t")
                .hasMessageContaining("nonsense");
    }

    private static <T> void assertRoundTrip(Topics topic, Class<T> type, T value) {
        JsonSerde<T> serde = JsonSerde.of(type);
        byte[] json = serde.serialize(topic.topic(), value);
        SchemaCheck.assertValid(topic, json);
        assertThat(serde.deserialize(topic.topic(), json)).isEqualTo(value);
    }
}
