package io.risefall.app.cli;

import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.Failure;
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

/** {@code risefall topics}: the topics in Kafka. */
@Command(
        name = "topics",
        headerHeading =
                "Example: risefall topics create --bootstrap-servers kafka1:9092 --partitions 12 --replication 3%n%n",
        description = "Makes or lists the topics. risefall run and import make those of their own Kafka by themselves.")
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
        throw new ParameterException(spec.commandLine(), "topics wants to know what: create or list");
    }

    @Command(
            name = "create",
            headerHeading =
                    "Example: risefall topics create --bootstrap-servers kafka1:9092 --partitions 12 --replication 3%n%n",
            description = "Makes the topics that are missing and checks those that are there.")
    int create(
            @Mixin CommonOptions options,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "partitions of each; the most processes that can share the work (default: "
                                    + "${DEFAULT-VALUE})")
                    int partitions,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "copies of each (default: ${DEFAULT-VALUE})")
                    short replication)
            throws InterruptedException {
        if (partitions < 1 || replication < 1) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("create"), "--partitions and --replication begin at 1");
        }
        try (TopicsSetup topics = new TopicsSetup(kafka(options))) {
            List<String> made = topics.create(partitions, replication);
            made.forEach(terminal.out()::println);
            terminal.say(made.isEmpty() ? "all topics were there" : made.size() + " topics made");
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "list",
            headerHeading = "Example: risefall topics list --bootstrap-servers kafka1:9092%n%n",
            description = "Lists the topics that are there, with their partitions and copies.")
    int list(@Mixin CommonOptions options) throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka(options))) {
            Map<String, TopicDescription> found = topics.list();
            found.forEach((name, topic) -> terminal.out()
                    .printf(
                            "%-32s %3d partitions %3d copies%n",
                            name,
                            topic.partitions().size(),
                            topic.partitions().get(0).replicas().size()));
            if (found.isEmpty()) {
                terminal.say("no topics yet; make them with: risefall topics create");
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static KafkaAddress kafka(CommonOptions options) {
        KafkaAddress named = options.kafka();
        if (named != null) {
            return named;
        }
        int port = LoopbackPort.read(EmbeddedKafka.portFile(options.data));
        if (port == 0) {
            throw new Failure(
                    "no Kafka known: nothing runs on " + options.data + "; give --bootstrap-servers HOST:PORT");
        }
        return EmbeddedKafka.address(options.data, "127.0.0.1:" + port);
    }
}
