package io.risefall.app.cli;

import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.TopicsPlan;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.kafka.WantedTopics;
import io.risefall.app.options.AgeConverter;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.process.LoopbackPort;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.text.Counts;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall topics}: creates, checks or lists the topics in Kafka. */
@Command(
        name = "topics",
        headerHeading =
                "Example: risefall topics create --bootstrap-servers kafka1:9092 --partitions 12 --replication 3%n%n",
        description =
                "Creates, checks or lists the topics. risefall run and import create the topics of the embedded Kafka themselves.")
final class TopicsCommand implements Runnable {
    private final Terminal terminal;

    // The parser fills it in: --help and the others.
    @SuppressWarnings("UnusedVariable")
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TopicsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: create, check or list");
    }

    @Command(
            name = "create",
            headerHeading =
                    "Example: risefall topics create --bootstrap-servers kafka1:9092 --partitions 12 --replication 3%n%n",
            description =
                    "Creates the missing topics. Topics that exist are never changed: where they are not as wanted, nothing "
                            + "is created, and the exit code is 1.")
    int create(
            @Mixin CommonOptions options,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            description =
                                    "partitions of each topic: the maximum number of streams threads that share the work (default: "
                                            + "those of existing topics, or else " + TopicsSetup.PARTITIONS + ")")
                    @Nullable Integer partitions,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            description =
                                    "replicas of each partition (default: those of existing topics, or else 3, or as many as there "
                                            + "are brokers); with 3 or more, min.insync.replicas is 2")
                    @Nullable Short replication,
            @Option(
                            names = "--retention",
                            paramLabel = "TIME",
                            converter = AgeConverter.class,
                            description =
                                    "how long Kafka keeps events, such as 14d: no part may be stopped for longer (default: 7d)")
                    @Nullable Duration retention,
            @Option(names = "--dry-run", description = "only print what would be created") boolean dryRun)
            throws InterruptedException {
        if ((partitions != null && partitions < 1) || (replication != null && replication < 1)) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("create"),
                    "--partitions and --replication must be at least 1");
        }
        WantedTopics wanted = new WantedTopics(
                optional(partitions), optional(replication), Optional.ofNullable(retention), TopicsSetup.PARTITIONS);
        try (TopicsSetup topics = new TopicsSetup(kafka(options))) {
            if (dryRun) {
                return dryRun(topics.plan(wanted));
            }
            List<String> created = topics.create(wanted);
            created.forEach(terminal.out()::println);
            terminal.info(created.isEmpty() ? "all topics exist" : Counts.plural(created.size(), "topic") + " created");
        }
        return CommandLine.ExitCode.OK;
    }

    private static OptionalInt optional(@Nullable Number number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number.intValue());
    }

    private int dryRun(TopicsPlan plan) {
        plan.create()
                .forEach(topic -> terminal.out()
                        .printf(
                                "%s %s%n",
                                line(topic.name(), topic.numPartitions(), topic.replicationFactor()),
                                new TreeMap<>(topic.configs())));
        plan.refusals().forEach(refusal -> terminal.error("nothing would be created: " + refusal));
        if (plan.create().isEmpty() && plan.refusals().isEmpty()) {
            terminal.info("all topics exist");
        }
        return plan.refusals().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    @Command(
            name = "check",
            headerHeading = "Example: risefall topics check --bootstrap-servers kafka1:9092%n%n",
            description =
                    "Compares each topic with what Risefall needs: partitions, replicas, cleanup, retention and size of "
                            + "messages. Says what comes of each difference; the exit code is 1 if there is one.")
    int check(@Mixin CommonOptions options) throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka(options))) {
            Map<String, List<String>> audit = topics.audit();
            audit.forEach((topic, findings) -> {
                if (findings.isEmpty()) {
                    terminal.out().println(topic + ": ok");
                }
                findings.forEach(finding -> terminal.out().println(topic + ": " + finding));
            });
            boolean allOk = audit.values().stream().allMatch(List::isEmpty);
            if (allOk) {
                topics.check();
            }
            return allOk ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    @Command(
            name = "list",
            headerHeading = "Example: risefall topics list --bootstrap-servers kafka1:9092%n%n",
            description = "Lists the existing topics with their partitions and replicas.")
    int list(@Mixin CommonOptions options) throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka(options))) {
            Map<String, TopicDescription> found = topics.list();
            found.forEach((name, topic) -> terminal.out()
                    .println(line(
                            name,
                            topic.partitions().size(),
                            topic.partitions().get(0).replicas().size())));
            if (found.isEmpty()) {
                terminal.info(
                        "no topics yet; create them with: " + topics.kafka().commandLine("topics create"));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static String line(String topic, int partitions, int replicas) {
        return "%-32s %3d %-10s %3d %s"
                .formatted(
                        topic,
                        partitions,
                        partitions == 1 ? "partition" : "partitions",
                        replicas,
                        replicas == 1 ? "replica" : "replicas");
    }

    private static KafkaAddress kafka(CommonOptions options) {
        KafkaAddress named = options.kafka();
        if (named != null) {
            return named;
        }
        int port = LoopbackPort.read(EmbeddedKafka.portFile(options.data()));
        if (port == 0) {
            throw new CommandException("no Kafka found: risefall is not running on " + options.data()
                    + "; give --bootstrap-servers HOST:PORT");
        }
        return EmbeddedKafka.address(options.data(), "127.0.0.1:" + port);
    }
}
