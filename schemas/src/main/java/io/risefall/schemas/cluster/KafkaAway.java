package io.risefall.schemas.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says aloud that Kafka is away: when it begins, each minute while it lasts, and when it is over. Used by the thread that
 * works on Kafka; {@link #since} by any.
 */
public final class KafkaAway {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final KafkaAddress kafka;
    private final Supplier<String> meanwhile;
    private final Consumer<String> warn;
    private final Clock clock;
    private volatile @Nullable Instant since;
    /** Beside {@link #since}, on the clock that is never set: what {@link System#nanoTime} said. */
    private long sinceNanos;

    private long saidNanos;
    private final Set<String> said = new HashSet<>();

    /**
     * @param meanwhile what happens until it is back, as "lines wait in the journal"
     * @param warn takes each sentence
     */
    public KafkaAway(KafkaAddress kafka, Supplier<String> meanwhile, Consumer<String> warn, Clock clock) {
        this.kafka = kafka;
        this.meanwhile = meanwhile;
        this.warn = warn;
        this.clock = clock;
    }

    /**
     * An attempt failed; the next one will come soon.
     *
     * @param why a sentence without its full stop
     */
    public void failed(String why) {
        long now = System.nanoTime();
        Instant begin = since;
        if (begin == null) {
            since = clock.instant();
            sinceNanos = now;
            saidNanos = now;
            said.add(why);
            warn.accept(why + "; " + meanwhile.get() + "; retrying until it is available");
        } else if (said.add(why) || now - saidNanos >= AGAIN.toNanos()) {
            saidNanos = now;
            warn.accept("without Kafka since " + begin.truncatedTo(ChronoUnit.SECONDS) + ", for " + words(now) + ": "
                    + why + "; " + meanwhile.get());
        }
    }

    /** An attempt succeeded. */
    public void isThere() {
        if (since != null) {
            since = null;
            said.clear();
            warn.accept("Kafka at " + kafka + " is available again after " + words(System.nanoTime()));
        }
    }

    /** Since when it has been away; null while it is there. */
    public @Nullable Instant since() {
        return since;
    }

    private String words(long until) {
        Duration time = Duration.ofNanos(until - sinceNanos);
        if (time.toMinutes() == 0) {
            return time.toSeconds() + " s";
        }
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
