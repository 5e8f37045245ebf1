package io.risefall.app.kafka;

import io.risefall.app.process.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * The one credential of the embedded broker: made for it at random, and kept beside its log in files that only their owner
 * can read. Loopback is open to every user of the machine; who has no credential cannot write topics. Remove both files,
 * and the next start makes another one.
 */
public final class BrokerSecret {
    /** How clients and the broker itself show it: in the clear, which on loopback only root could overhear. */
    static final String MECHANISM = "PLAIN";

    private static final String USER = "risefall";
    private static final int BYTES = 24;

    private BrokerSecret() {}

    /** Settings of clients, for Kafka's own tools too; there once the broker in {@code dir} was started. */
    public static Path clientSettings(Path dir) {
        return dir.resolve("client.properties");
    }

    /** Makes what is missing. */
    public static void make(Path dir) throws IOException {
        Path file = file(dir);
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            AtomicFile.write(file, HexFormat.of().formatHex(random) + "\n");
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

    /** The broker's side: it shows the credential to itself and lets in whoever has it. */
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
