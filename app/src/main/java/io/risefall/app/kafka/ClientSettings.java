package io.risefall.app.kafka;

import io.risefall.app.process.CommandException;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * What a user gives for all Kafka clients in a file ({@code --kafka-config}), checked before the first of them has it. Errors
 * name the file, the key and the reason; a value is never printed, because it may be a password.
 */
public final class ClientSettings {
    /** Values may stand in other files, which Kafka's clients read by themselves. */
    private static final String PROVIDERS = "config.providers";

    private static final String ELSEWHERE = "${";

    /** They log in when a client is made, over the network: whether it works tells nothing of the file. */
    private static final Set<String> REMOTE_LOGINS = Set.of("OAUTHBEARER", "GSSAPI");

    private static final Map<String, ConfigKey> KNOWN = new HashMap<>();

    static {
        KNOWN.putAll(ConsumerConfig.configDef().configKeys());
        KNOWN.putAll(ProducerConfig.configDef().configKeys());
        KNOWN.putAll(AdminClientConfig.configDef().configKeys());
    }

    private ClientSettings() {}

    /**
     * The Kafka at {@code servers} with the settings of {@code file}. Asks nobody.
     *
     * @param warning told of each key that no client of Kafka knows: a class that the file names may know it
     * @throws IllegalArgumentException if {@code servers} is no address
     * @throws CommandException if the file cannot be used
     */
    public static KafkaAddress address(String servers, Path file, Consumer<String> warning) {
        Map<String, String> settings = KafkaSettings.read(file);
        new TreeMap<>(settings).forEach((key, value) -> check(file, key, value, warning));
        KafkaAddress address = new KafkaAddress(servers, settings);
        tryOut(file, address);
        return address;
    }

    private static void check(Path file, String key, String value, Consumer<String> warning) {
        ReservedSettings.reason(key).ifPresent(reason -> {
            throw new CommandException(file + ": " + key + " cannot be set there: " + reason);
        });
        ConfigKey known = KNOWN.get(key);
        if (known != null) {
            checkValue(file, known, value);
        } else if (!key.startsWith(PROVIDERS)) {
            if (Nearest.to(key, KNOWN.keySet()).isPresent()) {
                throw new CommandException(file + ": unknown key " + key + Nearest.hint(key, KNOWN.keySet()));
            }
            warning.accept(file + ": no Kafka client knows the key " + Printable.of(key));
        }
    }

    private static void checkValue(Path file, ConfigKey key, String value) {
        if (value.contains(ELSEWHERE)) {
            return;
        }
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
        } catch (ConfigException e) {
            String message = String.valueOf(e.getMessage());
            String place = "for configuration " + key.name;
            int at = message.lastIndexOf(place);
            String why = at < 0 || key.type == ConfigDef.Type.PASSWORD ? "" : message.substring(at + place.length());
            throw new CommandException(file + ": the value of " + key.name + " is invalid" + why, e);
        }
    }

    /** Reads key stores and logins as each client does, so that a mistake there is told with the file. */
    private static void tryOut(Path file, KafkaAddress address) {
        if (REMOTE_LOGINS.contains(address.access().getOrDefault(SaslConfigs.SASL_MECHANISM, "GSSAPI"))
                && address.access()
                        .getOrDefault(AdminClientConfig.SECURITY_PROTOCOL_CONFIG, "")
                        .startsWith("SASL")) {
            return;
        }
        try {
            Admin.create(address.clientProperties()).close(Duration.ZERO);
        } catch (RuntimeException e) {
            if (KafkaTrouble.of(e) != KafkaTrouble.AWAY) {
                throw new CommandException(file + " cannot be used: " + reason(e), e);
            }
        }
    }

    /** Kafka names the store in one exception, and what is wrong with it in the next; those of a login can quote a password. */
    private static String reason(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("JAAS")) {
                return SaslConfigs.SASL_JAAS_CONFIG
                        + " must be CLASS required NAME=\"VALUE\" NAME=\"VALUE\"; with the semicolon";
            }
            if (message.startsWith("Failed to load SSL") && e.getCause() != null) {
                return message + ": " + e.getCause().getMessage();
            }
        }
        return CommandException.reason(failure);
    }
}
