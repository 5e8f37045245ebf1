package io.risefall.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.health.ProbeResult.State;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States say since when, and a probe that hangs does not go unnoticed. */
class HealthWatchTest {
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private ProbeResult result = ProbeResult.ok("well");

    private final HealthWatch watch = new HealthWatch(List.of(probe()), new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    private HealthProbe probe() {
        return new HealthProbe() {
            @Override
            public String name() {
                return "thing";
            }

            @Override
            public ProbeResult look(Instant at) {
                if (result.detail().isEmpty()) {
                    throw new IllegalStateException("broken");
                }
                return result;
            }
        };
    }

    private HealthCheck thing() {
        return watch.checks().get(1);
    }

    @Test
    void aStateKeepsItsBeginWhileItLasts() {
        assertThat(thing().state()).isEqualTo(State.WAITING);
        watch.look();
        Instant begun = now;
        now = now.plusSeconds(5);
        watch.look();
        assertThat(thing()).isEqualTo(new HealthCheck("thing", State.OK, begun, "well", ""));
        result = ProbeResult.failing("ill", "cure it");
        watch.look();
        assertThat(thing()).isEqualTo(new HealthCheck("thing", State.FAILING, now, "ill", "cure it"));
    }

    @Test
    void aProbeThatThrowsFails() {
        result = ProbeResult.ok("");
        watch.look();
        assertThat(thing().state()).isEqualTo(State.FAILING);
        assertThat(thing().detail()).contains("broken");
    }

    @Test
    void whereNothingIsLookedAtAnyMoreTheWatchItselfFails() {
        watch.look();
        now = now.plusSeconds(30);
        assertThat(watch.checks().get(0).isOk()).isTrue();
        now = now.plusSeconds(1);
        assertThat(watch.checks().get(0).state()).isEqualTo(State.FAILING);
        assertThat(watch.checks().get(0).name()).isEqualTo("probes");
    }
}
