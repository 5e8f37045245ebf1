package io.risefall.schemas.cluster;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach a Kafka: the one place where the properties that all its clients share are made.
 *
 * @param servers as {@code host:port[,host:port]}
 * @param access further properties of every client, such as its credentials; never printed
 */
public record KafkaAddress(String servers, Map<String, String> access) {
    public KafkaAddress {
        access = Map.copyOf(access);
    }

    /** One that asks for no credentials. */
    public static KafkaAddress of(String servers) {
        return new KafkaAddress(servers, Map.of());
    }

    /** What each client begins with; the caller adds to it. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = new HashMap<>(access);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        return properties;
    }

    @Override
    public String toString() {
        return servers;
    }
}
