package io.risefall.app.driver;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.awaitility.Awaitility.await;

import io.risefall.app.runtime.CatchUp;
import io.risefall.app.terminal.ProgressListener;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Brokers, one ingest, two streams and one serve, each a process of its own, over logs that {@link CorpusFeed} writes. One
 * thread.
 */
public final class PartsInstallation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    /** The last characters of what a part has printed. */
    private static final int SHOWN_OUTPUT = 3000;
    /** Above what needs rights, below what the system gives to outgoing connections. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;

    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration EQUAL = Duration.ofSeconds(180);

    private final Path logs;
    private final KafkaAddress kafka;
    private final List<String> access;
    private final List<? extends StoppablePart> brokers;
    private final Readiness ready;
    private final SupervisedPart ingest;
    private final SupervisedPart serve;
    private final List<StoppablePart> parts = new ArrayList<>();
    private final RelpFeed relp;
    private final String relpAddress;

    /** Waits until what was started can be used. */
    private interface Readiness {
        void await() throws Exception;
    }

    /** With the embedded broker. */
    public PartsInstallation(Path folder) throws Exception {
        this(folder, new BrokerPart(folder.resolve("broker"), freePort()));
    }

    private PartsInstallation(Path folder, BrokerPart broker) throws Exception {
        this(
                folder,
                broker.address(),
                List.of("--kafka-config", broker.clientSettings().toString()),
                List.of(broker),
                () -> {});
    }

    /** With a cluster that is not started yet; it is ended with the installation. */
    public PartsInstallation(Path folder, BrokerCluster cluster) throws Exception {
        this(folder, cluster.address(Map.of()), List.of(), cluster.nodes(), () -> cluster.awaitComplete(Map.of()));
    }

    private PartsInstallation(
            Path folder,
            KafkaAddress kafka,
            List<String> access,
            List<? extends StoppablePart> brokers,
            Readiness ready)
            throws Exception {
        this.kafka = kafka;
        this.access = access;
        this.brokers = brokers;
        this.ready = ready;
        logs = Files.createDirectories(folder.resolve("logs"));
        int relpPort = freePort();
        relpAddress = "127.0.0.1:" + relpPort;
        ingest = part(
                folder,
                "ingest",
                "ingest --instance feed --zone UTC --tail " + logs.resolve("edge-1.log") + " --tail "
                        + logs.resolve("edge-2.log") + " --tail " + logs.resolve("edge-[3-9].log")
                        + " --relp " + relpAddress);
        String standby = brokers.size() > 1 ? " --standby-replicas 1" : "";
        SupervisedPart one = part(folder, "streams-1", "streams --instance one --threads 2" + standby);
        SupervisedPart two = part(folder, "streams-2", "streams --instance two --threads 2" + standby);
        serve = part(folder, "serve", "serve --zone UTC --http 127.0.0.1:0");
        parts.addAll(brokers);
        parts.addAll(List.of(serve, one, two, ingest));
        relp = new RelpFeed(relpPort);
    }

    private SupervisedPart part(Path folder, String name, String command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--bootstrap-servers", kafka.servers()));
        arguments.addAll(access);
        return new SupervisedPart(
                name, Files.createDirectories(folder.resolve(name)), arguments.toArray(String[]::new));
    }

    /** One that the system does not give to outgoing connections. */
    public static int freePort() {
        Random random = new Random();
        while (true) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken.
            }
        }
    }

    public void start() throws Exception {
        for (StoppablePart broker : brokers) {
            broker.start();
        }
        ready.await();
        BrokerPart.createTopics(kafka, 4);
        for (StoppablePart part : parts.subList(brokers.size(), parts.size())) {
            part.start();
        }
    }

    /** Waits until no broker misses another, nor any of its records. */
    public void awaitBrokers() throws Exception {
        ready.await();
    }

    /** The views after all of {@code input}, and nothing happened to any part meanwhile. */
    public static Map<String, String> undisturbed(Path folder, CorpusFeed input) throws Exception {
        try (PartsInstallation installation = new PartsInstallation(folder)) {
            installation.start();
            installation.feed(input, 0);
            installation.awaitBegun();
            for (int piece = 1; piece < input.pieces(); piece++) {
                installation.feed(input, piece);
                installation.awaitSent();
            }
            installation.drain(input);
            if (!installation.ownEnds().isEmpty()) {
                throw new AssertionError(installation.ownEnds().toString());
            }
            return installation.settledViews();
        }
    }

    /** The views as they are once they do not change any more. */
    private Map<String, String> settledViews() throws InterruptedException {
        List<Map<String, String>> last = new ArrayList<>(List.of(FinalViews.of(this::ask)));
        awaitAnswer("settled")
                .atMost(EQUAL)
                .pollInterval(SETTLED)
                .during(SETTLED)
                .until(() -> {
                    Map<String, String> now = FinalViews.of(this::ask);
                    return now.equals(last.set(0, now));
                });
        return last.get(0);
    }

    /** The views once they are equal; as they are, when they do not become it. */
    public Map<String, String> viewsOnceEqual(Map<String, String> expected) {
        List<Map<String, String>> last = new ArrayList<>(List.of(Map.of()));
        try {
            awaitAnswer("equal")
                    .atMost(EQUAL)
                    .pollInterval(SETTLED)
                    .during(SETTLED)
                    .until(() -> {
                        last.set(0, FinalViews.of(this::ask));
                        return last.get(0).equals(expected);
                    });
        } catch (ConditionTimeoutException e) {
            // The difference says more.
        }
        return last.get(0);
    }

    public List<StoppablePart> brokers() {
        return List.copyOf(brokers);
    }

    /** Those that a user runs beside a Kafka, in the order in which they need each other, and are upgraded. */
    public List<SupervisedPart> ownParts() {
        return parts.stream()
                .filter(SupervisedPart.class::isInstance)
                .map(SupervisedPart.class::cast)
                .toList();
    }

    /** In the order in which they need each other. */
    public List<StoppablePart> parts() {
        return List.copyOf(parts);
    }

    public void feed(CorpusFeed input, int piece) throws IOException {
        input.feed(piece, logs, relp::send);
    }

    /** All pieces of one of some shares. */
    public void feed(CorpusFeed input, int share, int shares) throws IOException {
        for (int piece = input.pieces() * share / shares; piece < input.pieces() * (share + 1) / shares; piece++) {
            feed(input, piece);
        }
    }

    /** Waits until all messages are acknowledged: lines that come a week later than others of their server correct nothing. */
    public void awaitSent() {
        await("all messages acknowledged").atMost(PATIENCE).until(relp::isDone);
    }

    /** Waits until it has begun with every file: a file that was rotated before it was ever seen is nobody's. */
    public void awaitBegun() {
        awaitAnswer("begun")
                .atMost(PATIENCE)
                .until(() -> ask("SELECT count(*) = 4 AS begun FROM ingest WHERE lines > 0")
                        .equals("begun\ntrue\n"));
    }

    /**
     * Waits until everything that was fed has become rows, with all parts running; then ends ingest, after which no row
     * changes any more.
     */
    public void drain(CorpusFeed input) throws Exception {
        awaitSent();
        awaitAnswer("all lines read")
                .atMost(PATIENCE)
                .until(() -> ask("SELECT sum(lines) FILTER (source NOT LIKE '%relp%') = " + input.linesInFiles()
                                + " AND sum(lines) FILTER (source LIKE '%relp%') >= " + input.messages()
                                + " AND sum(waiting) = 0 AS done FROM ingest")
                        .equals("done\ntrue\n"));
        await("ingest working").atMost(PATIENCE).until(ingest::isWorking);
        int exitCode = ingest.stop();
        if (exitCode != 0) {
            throw new AssertionError("ingest ended with " + exitCode + ": " + ingest.output());
        }
        LastProgress progress = new LastProgress();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CatchUp.await(
                kafka,
                () -> {
                    if (System.nanoTime() > deadline) {
                        throw new AssertionError(
                                "not everything was processed within " + PATIENCE + ": " + progress + lastOutput());
                    }
                },
                next -> {
                    await("all rows written").atMost(PATIENCE).until(() -> {
                        Optional<ServiceClient> service = ServiceClient.find(serve.data());
                        return service.isPresent() && service.get().await(next, Duration.ofSeconds(5));
                    });
                },
                progress);
    }

    private String lastOutput() {
        StringBuilder text = new StringBuilder();
        for (StoppablePart part : parts) {
            String output = part.output();
            text.append("\n\n").append(part.name()).append(part.process().isPresent() ? ", running:\n" : ", ended:\n");
            text.append(output, Math.max(0, output.length() - SHOWN_OUTPUT), output.length());
        }
        return text.toString();
    }

    /** How far a wait has come. */
    private static final class LastProgress implements ProgressListener {
        private String message = "nothing stood still";
        private long done;
        private long all;

        @Override
        public void message(String text) {
            message = text;
        }

        @Override
        public void progress(long doneNow, long allNow) {
            done = doneNow;
            all = allNow;
        }

        @Override
        public String toString() {
            return done + " of " + all + " records, " + message;
        }
    }

    /** The answer as CSV, without what differs between installations; empty while serve does not answer. */
    public String ask(String sql) throws InterruptedException {
        return serve.ask(sql).replace(logs.toString(), "LOGS").replace(relpAddress, "RELP");
    }

    /** How many messages were sent a second time. */
    public int sentAgain() {
        return relp.sentAgain();
    }

    /** When parts ended by themselves, and why. */
    public List<String> ownEnds() {
        return parts.stream().flatMap(part -> part.ownEnds().stream()).toList();
    }

    /** Ends everything in reverse. */
    @Override
    public void close() throws Exception {
        relp.close();
        List<StoppablePart> reverse = new ArrayList<>(parts);
        java.util.Collections.reverse(reverse);
        for (StoppablePart part : reverse) {
            if (brokers.size() > 1 && brokers.contains(part)) {
                // The last of a cluster would wait for the others.
                part.kill();
            } else {
                part.stop();
            }
        }
    }
}
