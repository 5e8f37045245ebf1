package io.risefall.app.cli;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.HealthOption;
import io.risefall.app.options.InstanceOption;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.process.AliveMark;
import io.risefall.app.process.Lifecycle;
import io.risefall.app.process.Logs;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.health.PartHealth;
import io.risefall.query.health.PartState;
import io.risefall.query.health.PartState.Waiting;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.HealthStreams;
import io.risefall.streams.StreamsState;
import io.risefall.streams.model.StreamsSettings;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code risefall streams}: the streams part in its own process. */
@Command(
        name = "streams",
        headerHeading = "Example: risefall streams --bootstrap-servers kafka1:9092,kafka2:9092%n%n",
        description =
                "Turns health events into states, outages and flapping, topic to topic. Several instances share the work.")
final class StreamsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private HealthOption health = new HealthOption();

    @Mixin
    private InstanceOption instance = new InstanceOption();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "number of threads; those beyond the number of partitions stay idle (default: ${DEFAULT-VALUE})")
    private int threads = 1;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "-1",
            description = "replicas of the internal topics (default: the cluster's setting)")
    private int replication = StreamsSettings.CLUSTERS_REPLICATION;

    @Option(
            names = "--standby-replicas",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "how many other processes keep a copy of the state, to take over without reading it again (default: "
                            + "${DEFAULT-VALUE})")
    private int standbys;

    StreamsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        KafkaAddress kafka = common.requiredKafka("streams");
        try (DataDirectory data = new DataDirectory(common.data(), "streams")) {
            data.lock();
            Logs.start(data.path(), terminal.err(), common.debug(), common.verbose());
            StreamsSettings settings = new StreamsSettings(
                    kafka,
                    data.streams(),
                    kafka.names().streamsGroup(),
                    instance.instance(),
                    threads,
                    replication,
                    standbys,
                    rules.rules());
            try (HealthStreams streams = new HealthStreams(settings);
                    AliveMark alive = new AliveMark(data.path(), streams.failed(), Clock.systemUTC())) {
                streams.start();
                alive.start();
                try (PartHealth answering =
                        health.start(() -> state(streams), "looks after Kafka Streams", data.path(), kafka, terminal)) {
                    terminal.info("risefall streams " + instance.instance() + " is running on " + kafka
                            + " (press Ctrl-C to stop)");
                    Lifecycle.awaitFailure(streams.failed());
                }
            }
        } finally {
            Logs.stop();
        }
        return CommandLine.ExitCode.OK;
    }

    private static PartState state(HealthStreams streams) {
        StreamsState state = streams.state();
        return new PartState(
                state.kafkaAwaySince(),
                state.sinceTurn(),
                state.ends().entrySet().stream()
                        .map(end -> {
                            long next = Math.max(0, state.next().getOrDefault(end.getKey(), 0L));
                            return new Waiting(end.getKey().toString(), next, Math.max(0, end.getValue() - next));
                        })
                        .toList());
    }
}
