package io.risefall.schemas.key;

import java.time.Instant;

/** The text of compacted keys; readable with Kafka's console consumer. */
public final class Keys {
    private Keys() {}

    public static String of(String node, ServerName server, String type, Instant start) {
        return HealthKey.escape(node) + "/" + server + "/" + type + "/" + EpochMicros.of(start);
    }
}
