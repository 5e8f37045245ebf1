package io.risefall.app.options;

import io.risefall.app.kafka.KafkaSettings;
import io.risefall.app.process.Failure;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
public final class CommonOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./risefall-data",
            description = "where everything is kept (default: ${DEFAULT-VALUE})")
    public Path data = Path.of("risefall-data");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "a YAML file with these options without their dashes, such as \"zone: Europe/Berlin\"; options "
                            + "given here win")
    public @Nullable Path config;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            description = "the Kafka to use (default: an own one below the data directory)")
    @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "a properties file with Kafka's own settings of clients, such as security.protocol and "
                    + "sasl.jaas.config, for a Kafka that asks for TLS or a credential")
    @Nullable Path kafkaConfig;

    @Option(names = "--debug", description = "show stack traces and log more; RISEFALL_DEBUG=1 does the same")
    public boolean debug = System.getenv("RISEFALL_DEBUG") != null;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this page")
    boolean help;

    /** The Kafka that was named; null: none. */
    public @Nullable KafkaAddress kafka() {
        if (bootstrapServers == null) {
            if (kafkaConfig != null) {
                throw new Failure(
                        "--kafka-config says how to enter a Kafka: name it with --bootstrap-servers HOST:PORT");
            }
            return null;
        }
        Map<String, String> access = kafkaConfig == null ? Map.of() : KafkaSettings.read(kafkaConfig);
        try {
            return new KafkaAddress(bootstrapServers, access);
        } catch (IllegalArgumentException e) {
            throw new Failure("cannot use --bootstrap-servers " + bootstrapServers + ": " + e.getMessage(), e);
        }
    }

    /** The Kafka of a part that runs by itself. */
    public KafkaAddress requiredKafka(String command) {
        KafkaAddress named = kafka();
        if (named == null) {
            throw new Failure(command + " needs --bootstrap-servers HOST:PORT; for everything in one "
                    + "process, with a Kafka of its own, use: risefall run");
        }
        return named;
    }
}
