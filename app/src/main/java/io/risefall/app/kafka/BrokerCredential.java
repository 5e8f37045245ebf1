package io.risefall.app.kafka;

import io.risefall.query.file.AtomicFile;
import io.risefall.query.text.RandomToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * The only credential of the embedded broker: a random password, stored beside its log in files that only their owner can
 * read. Every user of the machine can connect to loopback; without the credential they cannot write topics. If both files are
 * removed, the next start creates a new one.
 */
public final class BrokerCredential {
    /** Plain text: on loopback only root could read it in transit. */
    static final String MECHANISM = "PLAIN";

    private static final String USER = "risefall";

    private BrokerCredential() {}

    /** Client settings, also for Kafka's own tools. The file exists once the broker in {@code dir} has started. */
    public static Path clientSettings(Path dir) {
        return dir.resolve("client.properties");
    }

    /** Creates the missing files. */
    public static void create(Path dir) throws IOException {
        Path file = file(dir);
        if (!Files.exists(file)) {
            AtomicFile.write(file, RandomToken.make() + "\n");
        }
        if (!Files.exists(clientSettings(dir))) {
            KafkaSettings.write(
                    clientSettings(dir),
                    Map.of(
                            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                            "SASL_PLAINTEXT",
                            SaslConfigs.SASL_MECHANISM,
                            MECHANISM,
                            SaslConfigs.SASL_JAAS_CONFIG,
                            login(read(dir)) + ";"));
        }
    }

    /** The broker's side: it logs in to itself with the credential and accepts it from clients. */
    static String jaasOfBroker(Path dir) throws IOException {
        String password = read(dir);
        return login(password) + " user_" + USER + "=\"" + password + "\";";
    }

    private static String login(String password) {
        return PlainLoginModule.class.getName() + " required username=\"" + USER + "\" password=\"" + password + "\"";
    }

    private static String read(Path dir) throws IOException {
        return Files.readString(file(dir)).strip();
    }

    private static Path file(Path dir) {
        return dir.resolve("secret");
    }
}
