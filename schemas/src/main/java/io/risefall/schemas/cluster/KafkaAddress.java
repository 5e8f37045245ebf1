package io.risefall.schemas.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Utils;

/**
 * How to reach a Kafka: the one place where the properties that all its clients share are made.
 *
 * @param servers as {@code host:port[,host:port]}
 * @param access further properties of every client, such as its credentials; never printed
 * @param names what topics and groups are called there
 */
public record KafkaAddress(String servers, Map<String, String> access, TopicNames names) {
    /** @throws IllegalArgumentException if it is no address, whatever there is at it */
    public KafkaAddress {
        for (String server : servers.split(",", -1)) {
            if (Utils.getHost(server.strip()) == null || Utils.getPort(server.strip()) == null) {
                throw new IllegalArgumentException("'" + server.strip() + "' is not HOST:PORT");
            }
        }
        access = Map.copyOf(access);
    }

    public KafkaAddress(String servers, Map<String, String> access) {
        this(servers, access, TopicNames.PLAIN);
    }

    /** One that asks for no credentials. */
    public static KafkaAddress of(String servers) {
        return new KafkaAddress(servers, Map.of());
    }

    public KafkaAddress withNames(TopicNames others) {
        return new KafkaAddress(servers, access, others);
    }

    /**
     * A command for this Kafka, to be pasted. Settings stand in a file whose name is not known here.
     *
     * @param command as {@code topics create}
     */
    public String commandLine(String command) {
        return "risefall " + command + " --bootstrap-servers " + servers
                + (names.prefix().isEmpty() ? "" : " --topic-prefix " + names.prefix())
                + (access.isEmpty() ? "" : " --kafka-config FILE");
    }

    /**
     * What each client begins with; the caller adds to it. Hundreds of metrics of each client are published nowhere, which
     * takes a good part of its start, unless {@link #access} wants them.
     */
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.putAll(access);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        return properties;
    }

    /**
     * What a client that asks begins with.
     *
     * @param answer how long an answer may take
     */
    public Map<String, Object> adminProperties(Duration answer) {
        Map<String, Object> properties = clientProperties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(answer.toMillis()));
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(answer.toMillis() / 2));
        return properties;
    }

    @Override
    public String toString() {
        return servers;
    }
}
