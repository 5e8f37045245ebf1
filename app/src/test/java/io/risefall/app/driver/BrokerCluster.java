package io.risefall.app.driver;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;

import io.risefall.schemas.cluster.KafkaAddress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka of some brokers, each also a controller (KRaft), as somebody runs it who outgrew one machine. Clients come by a
 * listener of their own, which can require TLS and a login; the brokers among themselves need neither. One thread.
 */
public final class BrokerCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final List<BrokerNode> nodes = new ArrayList<>();
    private final String servers;

    /**
     * @param settings for each broker; {@code clients} is the listener of clients
     * @param scram users that exist from the beginning, as Kafka's storage tool takes them
     */
    public BrokerCluster(Path folder, int brokers, Map<String, String> settings, List<String> scram) throws Exception {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < 3 * brokers) {
            int port = PartsInstallation.freePort();
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        List<String> voters = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int node = 0; node < brokers; node++) {
            voters.add((node + 1) + "@127.0.0.1:" + ports.get(3 * node + 2));
            all.add("127.0.0.1:" + ports.get(3 * node));
        }
        servers = String.join(",", all);
        String cluster = Uuid.randomUuid().toString();
        for (int node = 0; node < brokers; node++) {
            Path own = Files.createDirectories(folder.resolve("broker-" + (node + 1)));
            Properties properties =
                    properties(node + 1, brokers, String.join(",", voters), ports.subList(3 * node, 3 * node + 3));
            properties.put("log.dirs", own.resolve("data").toString());
            properties.putAll(settings);
            format(own.resolve("data"), node + 1, cluster, scram);
            nodes.add(new BrokerNode(node + 1, own, properties));
        }
    }

    private static Properties properties(int id, int brokers, String voters, List<Integer> ports) {
        String copies = Integer.toString(Math.min(3, brokers));
        String needed = Integer.toString(Math.min(2, brokers));
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(id),
                "controller.quorum.voters",
                voters,
                "listeners",
                "CLIENTS://127.0.0.1:" + ports.get(0) + ",BROKERS://127.0.0.1:" + ports.get(1)
                        + ",CONTROLLER://127.0.0.1:" + ports.get(2),
                "advertised.listeners",
                "CLIENTS://127.0.0.1:" + ports.get(0) + ",BROKERS://127.0.0.1:" + ports.get(1),
                "listener.security.protocol.map",
                "CLIENTS:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "BROKERS",
                "controller.listener.names",
                "CONTROLLER",
                "auto.create.topics.enable",
                "false"));
        properties.putAll(Map.of(
                "offsets.topic.replication.factor",
                copies,
                "offsets.topic.num.partitions",
                "2",
                "transaction.state.log.replication.factor",
                copies,
                "transaction.state.log.min.isr",
                needed,
                "transaction.state.log.num.partitions",
                "2",
                "default.replication.factor",
                copies,
                "min.insync.replicas",
                needed,
                "group.initial.rebalance.delay.ms",
                "200",
                "log.cleaner.dedupe.buffer.size",
                "8388608"));
        // A broker that was killed comes back only when its session is over.
        properties.putAll(Map.of(
                "broker.session.timeout.ms",
                "3000",
                "broker.heartbeat.interval.ms",
                "500",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                "1000"));
        return properties;
    }

    private static void format(Path data, int id, String cluster, List<String> scram) throws Exception {
        Formatter formatter = new Formatter()
                .setNodeId(id)
                .setClusterId(cluster)
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setScramArguments(scram)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.run();
    }

    /** Starts all, and waits until they have found each other. */
    public void start(Map<String, String> access) throws Exception {
        for (BrokerNode node : nodes) {
            node.start();
        }
        awaitComplete(access);
    }

    /** Waits until all brokers are there, and each copy of each partition is up to date. */
    public void awaitComplete(Map<String, String> access) {
        awaitAnswer("all brokers").atMost(PATIENCE).until(() -> isComplete(access));
    }

    private boolean isComplete(Map<String, String> access) throws InterruptedException {
        for (BrokerNode node : nodes) {
            if (node.process().isEmpty()) {
                throw new AssertionError(node.name() + " ended: " + node.output());
            }
        }
        try (Admin admin = Admin.create(address(access).adminProperties(ANSWER))) {
            return admin.describeCluster()
                                    .nodes()
                                    .get(ANSWER.toSeconds(), TimeUnit.SECONDS)
                                    .size()
                            == nodes.size()
                    && admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.isr().size()
                                    == partition.replicas().size());
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    public KafkaAddress address(Map<String, String> access) {
        return new KafkaAddress(servers, access);
    }

    public String bootstrapServers() {
        return servers;
    }

    public List<BrokerNode> nodes() {
        return List.copyOf(nodes);
    }

    /** What the brokers have logged. */
    public String output() {
        return nodes.stream().map(BrokerNode::output).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws Exception {
        for (BrokerNode node : nodes) {
            node.kill();
        }
    }
}
