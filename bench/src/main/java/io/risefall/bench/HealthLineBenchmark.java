package io.risefall.bench;

import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.EventJson;
import io.risefall.schemas.event.EventReader;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Health lines, from bytes to events and from events to JSON, on one core. One operation is one line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HealthLineBenchmark {
    private static final int LINES = 4096;
    private static final JsonSerde<HealthEvent> SERDE = JsonSerde.of(HealthEvent.class);
    private static final EventReader EVENTS = new EventReader();
    private static final LineContext CONTEXT = new LineContext(
            "file:/var/log/haproxy.log", LineDefaults.of(ZoneOffset.UTC), Instant.parse("2026-11-20T00:00:00Z"));
    private static final Instant RECEIVED = Instant.parse("2026-11-20T10:00:00.123456Z");

    /** {@code log}: as in a generated log of health lines, 27 % of switches and 73 % of checks. */
    @Param({
        "log",
        "switch",
        "check",
        "backend-empty",
        "proxy",
        "address",
        "server-notice",
        "server-snapshot",
        "proxy-snapshot",
        "connect-problem"
    })
    public String kind = "log";

    private final EventJson json = new EventJson();
    private final LineReader reader = new LineReader(CONTEXT);
    private final List<byte[]> lines = new ArrayList<>();
    private final List<HealthEvent> events = new ArrayList<>();
    private final List<byte[]> written = new ArrayList<>();
    private int next;

    @Setup
    public void write() {
        String message = message(kind);
        List<String> log = message == null
                ? new String(GenerateLog.bytes("health", LINES), StandardCharsets.ISO_8859_1)
                        .lines()
                        .limit(LINES)
                        .toList()
                : IntStream.range(0, LINES).mapToObj(n -> line(message, n)).toList();
        for (String line : log) {
            lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        for (byte[] line : lines) {
            events.addAll(((LineOutcome.Events) read(line)).events());
        }
        events.forEach(event -> written.add(json.bytes(event)));
    }

    private static String line(String message, int n) {
        return "2026-11-20T00:00:%02d.%06d+00:00 lb1 haproxy[4043]: ".formatted(n % 60, n)
                + message.replace("srv", "srv" + n % 20);
    }

    private static @Nullable String message(String kind) {
        return switch (kind) {
            case "switch" ->
                "Server app/srv is DOWN, reason: Layer7 wrong status, code: 503, info: \"Service Unavailable\", check"
                        + " duration: 3ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued,"
                        + " 0 remaining in queue.";
            case "check" ->
                "Health check for server app/srv failed, reason: Layer7 wrong status, code: 503, info:"
                        + " \"Service Unavailable\", check duration: 3ms, status: 1/3 UP.";
            case "backend-empty" -> "backend app-srv has no server available!";
            case "proxy" -> "Proxy app-srv stopped (cumulated conns: FE: 12, BE: 345).";
            case "address" -> "app/srv changed its IP from 10.0.0.1 to 10.0.0.2 by DNS cache.";
            case "server-notice" -> "Server app/srv administratively READY thanks to valid DNS answer.";
            case "server-snapshot" -> "SIGHUP: Server app/srv is UP. Conn: 1 act, 0 pend, 23 tot.";
            case "proxy-snapshot" -> "SIGHUP received, dumping servers states for proxy app-srv.";
            case "connect-problem" -> "Connect() failed for backend app-srv: no free ports.";
            default -> null;
        };
    }

    private LineOutcome read(byte[] line) {
        return reader.read(line, 0, line.length, 4711, RECEIVED, null);
    }

    private int next() {
        next = (next + 1) % lines.size();
        return next;
    }

    @Benchmark
    public LineOutcome parse() {
        return read(lines.get(next()));
    }

    @Benchmark
    public byte[] serialize() {
        return json.bytes(events.get(next()));
    }

    /** What {@link #serialize} is compared with. */
    @Benchmark
    public byte @Nullable [] serializeWithJackson() {
        return SERDE.serialize(Topics.EVENTS.topic(), events.get(next()));
    }

    @Benchmark
    public @Nullable HealthEvent deserialize() {
        return EVENTS.deserialize(Topics.EVENTS.topic(), written.get(next()));
    }

    /** What {@link #deserialize} is compared with. */
    @Benchmark
    public @Nullable HealthEvent deserializeWithJackson() {
        return SERDE.deserialize(Topics.EVENTS.topic(), written.get(next()));
    }

    @Benchmark
    public byte[] parseToJson() {
        LineOutcome.Events said = (LineOutcome.Events) read(lines.get(next()));
        return json.bytes(said.events().get(0));
    }
}
