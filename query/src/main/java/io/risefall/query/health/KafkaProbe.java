package io.risefall.query.health;

import io.risefall.query.reading.ReadingState;
import java.time.Instant;
import java.util.function.Supplier;

/** Whether Kafka is there. */
final class KafkaProbe implements HealthProbe {
    /** For those who know nothing without Kafka. */
    static final ProbeResult AWAY = ProbeResult.waiting("Kafka is away");

    private final Supplier<ReadingState> reading;
    private final String servers;

    /** @param servers its address */
    KafkaProbe(Supplier<ReadingState> reading, String servers) {
        this.reading = reading;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public ProbeResult look(Instant now) {
        Instant away = reading.get().awaySince();
        return away == null
                ? ProbeResult.ok("Kafka at " + servers + " answers")
                : ProbeResult.failing(
                        "Kafka at " + servers + " has been away since " + away,
                        "start it, or correct --bootstrap-servers; lines wait in files and journals meanwhile");
    }
}
