package io.risefall.app.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.HostPort;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ServingMain} has to do: one line of JSON on its standard input, because everybody on the machine can read
 * arguments, and how Kafka is entered is a secret.
 *
 * @param servers of Kafka
 * @param access how Kafka is entered
 * @param data the data directory
 * @param zone where days begin
 * @param roles backends with one server up by design; null: as before
 * @param host where to answer
 * @param port 0: any free one
 * @param restarts how often this has been ordered before, because the last one ended
 */
record ServingOrder(
        String servers,
        Map<String, String> access,
        String data,
        String zone,
        @Nullable String roles,
        String host,
        int port,
        boolean debug,
        int restarts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ServingOrder parse(String line) throws JsonProcessingException {
        return JSON.readValue(line, ServingOrder.class);
    }

    /** With its end. */
    String line() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are JSON", e);
        }
    }

    /** The same for one that is started in place of one that answered at {@code samePort}. */
    ServingOrder again(int samePort) {
        return new ServingOrder(servers, access, data, zone, roles, host, samePort, debug, restarts + 1);
    }

    /** The part that does it, in this process. */
    Serving serving() {
        return new Serving(
                new KafkaAddress(servers, access),
                new DataDirectory(Path.of(data), "risefall"),
                ZoneId.of(zone),
                roles == null ? null : RolePatterns.of(roles),
                new HostPort(host, port),
                restarts);
    }
}
