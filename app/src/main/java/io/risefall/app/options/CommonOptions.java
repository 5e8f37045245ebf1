package io.risefall.app.options;

import io.risefall.app.kafka.ClientSettings;
import io.risefall.app.process.CommandException;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.TopicNames;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command has. */
public final class CommonOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:RISEFALL_DATA:-./risefall-data}",
            description = "data directory (default: RISEFALL_DATA of the environment, or else ./risefall-data)")
    private Path data = Path.of("risefall-data");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "YAML file with these options without their dashes, such as \"zone: Europe/Berlin\"; options on the "
                            + "command line take precedence")
    private @Nullable Path config;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            description = "Kafka to use (default: an embedded one in the data directory)")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "properties file with settings of all Kafka clients, such as security.protocol and sasl.jaas.config, "
                            + "for a Kafka that requires TLS or a login")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "",
            description =
                    "what the names of all topics, groups and transactions begin with in the Kafka of --bootstrap-servers; the "
                            + "same for all parts (default: nothing)")
    private String topicPrefix = "";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Read once, so that a warning is printed once. */
    private @Nullable KafkaAddress kafka;

    @Option(names = "--debug", description = "show stack traces and log more (also: RISEFALL_DEBUG=1)")
    private boolean debug = System.getenv("RISEFALL_DEBUG") != null;

    @Option(
            names = "--verbose",
            description =
                    "print the whole log to standard error as well, and not only warnings, as for a container's log")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean help;

    /** Only the data directory is given; everything else is the default. */
    public static CommonOptions of(Path data) {
        CommonOptions options = new CommonOptions();
        options.data = data;
        return options;
    }

    /** The data directory, as given. */
    public Path data() {
        return data;
    }

    /** The configuration file; null: none. */
    public @Nullable Path config() {
        return config;
    }

    public boolean debug() {
        return debug;
    }

    /** Whether standard error has the whole log. */
    public boolean verbose() {
        return verbose;
    }

    /** The Kafka given by {@code --bootstrap-servers}; null: none. */
    public @Nullable KafkaAddress kafka() {
        if (bootstrapServers == null) {
            if (kafkaConfig != null || !topicPrefix.isEmpty()) {
                throw misused((kafkaConfig != null ? "--kafka-config" : "--topic-prefix")
                        + " also needs --bootstrap-servers HOST:PORT");
            }
            return null;
        }
        if (kafka == null) {
            kafka = kafka(bootstrapServers).withNames(names());
        }
        return kafka;
    }

    private TopicNames names() {
        try {
            return new TopicNames(topicPrefix);
        } catch (IllegalArgumentException e) {
            throw misused("cannot use --topic-prefix: " + e.getMessage());
        }
    }

    private KafkaAddress kafka(String servers) {
        try {
            return kafkaConfig == null
                    ? KafkaAddress.of(servers)
                    : ClientSettings.address(
                            servers,
                            kafkaConfig,
                            warning -> command.commandLine().getErr().println("risefall: " + warning));
        } catch (IllegalArgumentException e) {
            throw misused("cannot use --bootstrap-servers " + servers + ": " + e.getMessage());
        } catch (CommandException e) {
            throw misused(e.getMessage());
        }
    }

    private ParameterException misused(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    /** The Kafka of a part in its own process, which must be given. */
    public KafkaAddress requiredKafka(String command) {
        KafkaAddress named = kafka();
        if (named == null) {
            throw misused(command + " needs --bootstrap-servers HOST:PORT; to run everything in "
                    + "one process with an embedded Kafka, use: risefall run");
        }
        return named;
    }
}
