package io.risefall.query.health;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether Kafka is there. */
final class KafkaProbe implements HealthProbe {
    /** For those who know nothing without Kafka. */
    static final ProbeResult AWAY = ProbeResult.waiting("Kafka is away");

    private final Supplier<@Nullable Instant> awaySince;
    private final String servers;
    private final BooleanSupplier paused;

    /**
     * @param awaySince since when it has been away; null while it is there
     * @param servers its address
     * @param paused whether a backup pauses it; asked only while it is away
     */
    KafkaProbe(Supplier<@Nullable Instant> awaySince, String servers, BooleanSupplier paused) {
        this.awaySince = awaySince;
        this.servers = servers;
        this.paused = paused;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public ProbeResult look(Instant now) {
        Instant away = awaySince.get();
        if (away == null) {
            return ProbeResult.ok("Kafka at " + servers + " answers");
        }
        return paused.getAsBoolean()
                ? ProbeResult.waiting("a backup pauses Kafka at " + servers + " since " + away
                        + "; it goes on by itself when that is done, and lines wait in files and journals meanwhile")
                : ProbeResult.failing(
                        "Kafka at " + servers + " has been away since " + away,
                        "start it, or correct --bootstrap-servers; lines wait in files and journals meanwhile");
    }
}
