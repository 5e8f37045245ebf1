package io.risefall.app.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.HostPort;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.query.warehouse.facts.SealingAges;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a {@link ServingMain}: one line of JSON on its standard input. A second line, once Kafka is there, is the
 * {@link KafkaAddress}: every user of the machine can read arguments, and Kafka's credentials are secret.
 *
 * @param data the data directory
 * @param zone where days begin
 * @param roles role backends; null: unchanged
 * @param host host of the address for queries
 * @param port its port; 0: any free port
 * @param access who may come there
 * @param notifications who is told of alerts, and sent reports; it has no secrets, only where they are
 * @param verbose whether the log is printed, too
 * @param sealing when days are written as files, and their rows leave; null: never
 * @param restarts number of restarts so far
 */
record ServingConfig(
        String data,
        String zone,
        @Nullable String roles,
        String host,
        int port,
        AccessSettings access,
        boolean debug,
        boolean verbose,
        NotificationConfig notifications,
        @Nullable SealingAges sealing,
        int restarts) {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

    static ServingConfig parse(String line) throws JsonProcessingException {
        return JSON.readValue(line, ServingConfig.class);
    }

    static KafkaAddress parseKafka(String line) throws JsonProcessingException {
        return JSON.readValue(line, KafkaAddress.class);
    }

    /** As JSON, with the line end. */
    String line() {
        return line(this);
    }

    /** As JSON, with the line end. */
    static String line(KafkaAddress kafka) {
        return line((Object) kafka);
    }

    private static String line(Object value) {
        try {
            return JSON.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers are always JSON", e);
        }
    }

    /** For a restart at the same port. */
    ServingConfig restarted(int samePort) {
        return new ServingConfig(
                data, zone, roles, host, samePort, access, debug, verbose, notifications, sealing, restarts + 1);
    }

    /** The configured part, in this process. */
    Serving serving() {
        return new Serving(
                new DataDirectory(Path.of(data), "risefall"),
                ZoneId.of(zone),
                roles == null ? null : RolePatterns.of(roles),
                new HostPort(host, port),
                access,
                notifications,
                sealing,
                restarts);
    }
}
