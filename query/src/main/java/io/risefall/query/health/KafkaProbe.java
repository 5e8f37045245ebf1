package io.risefall.query.health;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether Kafka is there. */
final class KafkaProbe implements HealthProbe {
    /** For those who know nothing without Kafka. */
    static final ProbeResult AWAY = ProbeResult.waiting("Kafka is away");

    private final Supplier<@Nullable Instant> awaySince;
    private final String servers;

    /**
     * @param awaySince since when it has been away; null while it is there
     * @param servers its address
     */
    KafkaProbe(Supplier<@Nullable Instant> awaySince, String servers) {
        this.awaySince = awaySince;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public ProbeResult look(Instant now) {
        Instant away = awaySince.get();
        return away == null
                ? ProbeResult.ok("Kafka at " + servers + " answers")
                : ProbeResult.failing(
                        "Kafka at " + servers + " has been away since " + away,
                        "start it, or correct --bootstrap-servers; lines wait in files and journals meanwhile");
    }
}
