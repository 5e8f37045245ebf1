package io.risefall.schemas.key;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The text of compacted keys; readable with Kafka's console consumer. */
public final class Keys {
    private Keys() {}

    public static String of(String node, ServerName server, String type, Instant start) {
        return HealthKey.escape(node) + "/" + server + "/" + type + "/" + micros(start);
    }

    public static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
