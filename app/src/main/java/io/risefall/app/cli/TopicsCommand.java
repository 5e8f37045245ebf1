package io.risefall.app.cli;

import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.process.LoopbackPort;
import io.risefall.app.terminal.Terminal;
import io.risefall.schemas.cluster.KafkaAddress;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code risefall topics}: creates or lists the topics in Kafka. */
@Command(
        name = "topics",
        headerHeading =
                "Example: risefall topics create --bootstrap-servers kafka1:9092 --partitions 12 --replication 3%n%n",
        description =
                "Creates or lists the topics. risefall run and import create the topics of the embedded Kafka themselves.")
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
        throw new ParameterException(spec.commandLine(), "missing subcommand: create or list");
    }

    @Command(
            name = "create",
            headerHeading =
                    "Example: risefall topics create --bootstrap-servers kafka1:9092 --partitions 12 --replication 3%n%n",
            description = "Creates missing topics and checks existing ones.")
    int create(
            @Mixin CommonOptions options,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            defaultValue = "4",
                            description =
                                    "partitions of each topic: the maximum number of processes that share the work (default: "
                                            + "${DEFAULT-VALUE})")
                    int partitions,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "replicas of each partition (default: ${DEFAULT-VALUE})")
                    short replication)
            throws InterruptedException {
        if (partitions < 1 || replication < 1) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("create"),
                    "--partitions and --replication must be at least 1");
        }
        try (TopicsSetup topics = new TopicsSetup(kafka(options))) {
            List<String> created = topics.create(partitions, replication);
            created.forEach(terminal.out()::println);
            terminal.info(created.isEmpty() ? "all topics exist" : created.size() + " topics created");
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "list",
            headerHeading = "Example: risefall topics list --bootstrap-servers kafka1:9092%n%n",
            description = "Lists the existing topics with their partitions and replicas.")
    int list(@Mixin CommonOptions options) throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka(options))) {
            Map<String, TopicDescription> found = topics.list();
            found.forEach((name, topic) -> terminal.out()
                    .printf(
                            "%-32s %3d partitions %3d replicas%n",
                            name,
                            topic.partitions().size(),
                            topic.partitions().get(0).replicas().size()));
            if (found.isEmpty()) {
                terminal.info("no topics yet; create them with: risefall topics create");
            }
        }
        return CommandLine.ExitCode.OK;
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
