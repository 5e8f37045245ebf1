package io.risefall.app.kafka;

import io.risefall.app.process.ChildJvm;
import io.risefall.app.process.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The child of {@link EmbeddedKafka}: a single-node broker that listens on loopback only. Arguments: data directory, broker
 * port, controller port. Prints {@value #READY} on stdout once clients can connect. Exits cleanly on SIGTERM and when its stdin
 * is closed, which also happens when its parent dies. The parent handles SIGINT and SIGHUP: a terminal sends them to both, and
 * the broker must outlive its clients.
 */
final class KafkaBrokerMain {
    static final String READY = "READY";

    /** Exit code: the broker could not start. */
    static final int CANNOT_START = 3;

    private static final int NODE_ID = 1;
    /** Exists once the directory is formatted. */
    private static final String META_PROPERTIES = "meta.properties";

    private KafkaBrokerMain() {}

    public static void main(String[] args) throws Exception {
        ChildJvm.ignoreSignal("INT");
        ChildJvm.ignoreSignal("HUP");
        Path dir = Path.of(args[0]);
        ChildJvm.exitWithParent(System.in);
        try {
            boolean killed = wasKilled(dir);
            format(dir);
            KafkaRaftServer server = new KafkaRaftServer(
                    KafkaConfig.fromProps(
                            settings(
                                    dir,
                                    killed,
                                    Integer.parseInt(args[1]),
                                    Integer.parseInt(args[2]),
                                    BrokerCredential.jaasOfBroker(dir)),
                            false),
                    Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-broker"));
            server.startup();
            System.out.println(READY);
            if (killed) {
                HangingTransactions.watch(EmbeddedKafka.addressAt(dir, Integer.parseInt(args[1])));
            }
            server.awaitShutdown();
        } catch (Throwable e) {
            System.err.println(CommandException.reason(e));
            Runtime.getRuntime().halt(CANNOT_START);
        }
    }

    private static void format(Path dir) throws Exception {
        if (Files.exists(dir.resolve(META_PROPERTIES))) {
            return;
        }
        new Formatter()
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(dir.toString()))
                .setMetadataLogDirectory(dir.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .setPrintStream(System.err)
                .run();
    }

    /** Kafka leaves a file when it ends in order, and deletes it when it starts. */
    private static boolean wasKilled(Path dir) {
        return Files.exists(dir.resolve(META_PROPERTIES)) && !Files.exists(dir.resolve(".kafka_cleanshutdown"));
    }

    private static Properties settings(Path dir, boolean killed, int brokerPort, int controllerPort, String login) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("listeners", "CLIENTS://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + brokerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "CLIENTS");
        // Every user of the machine can connect to loopback, so both listeners require a login.
        settings.put("listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", BrokerCredential.MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", BrokerCredential.MECHANISM);
        settings.put("sasl.mechanism.controller.protocol", BrokerCredential.MECHANISM);
        settings.put("listener.name.clients.plain.sasl.jaas.config", login);
        settings.put("listener.name.controller.plain.sasl.jaas.config", login);
        settings.put("log.dirs", dir.toString());
        settings.put("auto.create.topics.enable", "false");

        // One node: every internal topic has one replica and one partition, because each costs files and memory. An
        // existing topic keeps the four that it had in older builds.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        // The open transaction of a killed part blocks readers until the broker aborts it; the default is 10 s.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // After two weeks without a start it must still know what has been processed; the default is 7 days.
        settings.put("offsets.retention.minutes", Integer.toString(10 * 365 * 24 * 60));

        // Long enough for all stream threads of this machine to join together; no other member can join.
        settings.put("group.initial.rebalance.delay.ms", "200");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        if (killed) {
            // It cannot register again before its old session is over; the default is 9 s.
            settings.put("broker.session.timeout.ms", "1000");
            settings.put("broker.heartbeat.interval.ms", "250");
        }
        // A controller tells others that it is alive by writing; here there are no others.
        settings.put("metadata.max.idle.interval.ms", "0");

        settings.put("metric.reporters", "");
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.threads", "1");
        // This buffer is heap; the default of 128 MB alone would need half of ours.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        return settings;
    }
}
