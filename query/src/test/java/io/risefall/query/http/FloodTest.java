package io.risefall.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many connections at once cannot do to others, over real connections; the limits are small, so that few are a flood. */
@Slow
@Timeout(120)
class FloodTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int PAGE = 4 * 1024 * 1024;
    private static final String LIVE = "GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String PAGE_WANTED = "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Queue<Consumer<String>> listeners = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean shut = new AtomicBoolean();
    private final HttpCounts counts = new HttpCounts();
    private final List<RawClient> crowd = new ArrayList<>();
    private WebServer server;

    private void serve(HttpLimits limits) throws IOException {
        server = new WebServer(
                List.of(
                        new Route("/open", "GET", Guard.OPEN, 0, request -> now(Answer.text(200, "open"))),
                        new Route(
                                "/page", "GET", Guard.OPEN, 0, request -> now(Answer.of("text/html", new byte[PAGE]))),
                        new Route(
                                "/live",
                                "GET",
                                (request, remote) -> shut.get() ? Answer.text(401, "sign in first") : null,
                                0,
                                request -> now(Answer.events(client -> {
                                    listeners.add(client);
                                    return () -> listeners.remove(client);
                                })))),
                limits,
                null,
                counts);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static HttpLimits limits(int connections, int streams, long heldBytes, Duration send) {
        return new HttpLimits(connections, streams, heldBytes, LONG, send, 1024 * 1024, Duration.ofMillis(100));
    }

    private RawClient from(String address) throws IOException {
        RawClient client = new RawClient(server.address(), address);
        crowd.add(client);
        return client;
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : crowd) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aFloodOfOneAddressClosesItsOwnConnections() throws Exception {
        serve(limits(100, 10, PAGE, LONG));
        RawClient patient = from("127.0.0.1").say("GET /open HTTP/1.1\r\n");
        for (int i = 0; i < 1000; i++) {
            from("127.0.0.2").say("GET /open HTTP/1.1\r\nX: ");
        }
        await().atMost(PATIENCE).until(() -> counts.refused().get(Refusal.CONNECTIONS) == 901);
        patient.say("Host: localhost\r\nConnection: close\r\n\r\n");
        assertThat(patient.rest()).startsWith("HTTP/1.1 200").endsWith("open");
        assertThat(counts.connections()).isLessThanOrEqualTo(100);
    }

    @Test
    void answersThatNobodyTakesGiveWay() throws Exception {
        serve(limits(100, 10, Long.MAX_VALUE, LONG));
        for (int i = 0; i < 300; i++) {
            from("127.0.0.2").say(PAGE_WANTED);
        }
        assertThat(ask("/open")).startsWith("HTTP/1.1 200").endsWith("open");
        assertThat(counts.connections()).isLessThanOrEqualTo(100);
    }

    @Test
    void answersThatNobodyTakesDoNotFillTheMemory() throws Exception {
        serve(limits(1000, 10, 3L * PAGE, LONG));
        for (int i = 0; i < 50; i++) {
            assertThat(from("127.0.0.2").say(PAGE_WANTED).line()).startsWith("HTTP/1.1 200");
        }
        assertThat(ask("/page")).hasSizeGreaterThan(PAGE);
        assertThat(counts.refused()).containsEntry(Refusal.MEMORY, 48L);
        assertThat(crowd.get(0).rest().length()).as("what lay in the sockets").isLessThan(PAGE);
    }

    @Test
    void whoTakesNothingIsGivenUp() throws Exception {
        serve(limits(100, 10, Long.MAX_VALUE, Duration.ofMillis(300)));
        from("127.0.0.1").say(PAGE_WANTED);
        await().atMost(PATIENCE).until(() -> counts.refused().get(Refusal.SLOW_READER) == 1);
        assertThat(ask("/page")).hasSizeGreaterThan(PAGE);
    }

    @Test
    void tooManyEventStreamsAreToldToComeBack() throws Exception {
        serve(limits(100, 3, PAGE, LONG));
        for (int i = 0; i < 3; i++) {
            assertThat(from("127.0.0.1").say(LIVE).line()).startsWith("HTTP/1.1 200");
        }
        RawClient fourth = from("127.0.0.1").say(LIVE);
        assertThat(fourth.head()).startsWith("HTTP/1.1 503").contains("\r\nRetry-After: 60\r\n");
        assertThat(counts.refused()).containsEntry(Refusal.STREAMS, 1L);
        assertThat(counts.streams()).isEqualTo(3);

        crowd.get(0).close();
        await().atMost(PATIENCE).until(() -> counts.streams() == 2);
        assertThat(from("127.0.0.1").say(LIVE).line()).startsWith("HTTP/1.1 200");
    }

    @Test
    void whoDoesNotReadItsEventsHoldsUpNobodyAndLosesOnlyOldOnes() throws Exception {
        serve(limits(100, 10, PAGE, LONG));
        RawClient slow = from("127.0.0.1").say(LIVE);
        RawClient quick = from("127.0.0.1").say(LIVE);
        await().atMost(PATIENCE).until(() -> listeners.size() == 2);
        String filling = "x".repeat(1000);
        int sent = 3000;
        for (int i = 0; i < sent; i++) {
            String event = i + filling;
            listeners.forEach(listener -> listener.accept(event));
            if (i % 20 == 0) {
                readUntil(quick, "data: " + i + "x");
            }
        }
        listeners.forEach(listener -> listener.accept("last"));
        readUntil(quick, "data: last");
        int seen = readUntil(slow, "data: last");
        assertThat(seen).as("events of " + sent + " kept for the slow one").isLessThan(2 * sent / 3);
    }

    private static int readUntil(RawClient client, String begin) throws IOException {
        int events = 0;
        for (String line = client.line(); !line.startsWith(begin); line = client.line()) {
            events += line.startsWith("data: ") ? 1 : 0;
        }
        return events;
    }

    @Test
    void anEventStreamEndsWithTheRightToLook() throws Exception {
        serve(limits(100, 10, PAGE, LONG));
        RawClient client = from("127.0.0.1").say(LIVE);
        await().atMost(PATIENCE).until(() -> !listeners.isEmpty());
        shut.set(true);
        listeners.forEach(listener -> listener.accept("secret"));
        assertThat(client.rest()).startsWith("HTTP/1.1 200").doesNotContain("secret");
        await().atMost(30, TimeUnit.SECONDS).until(listeners::isEmpty);
    }

    private String ask(String path) throws IOException {
        return from("127.0.0.1")
                .say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .rest();
    }
}
