package io.risefall.query.alert.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A trouble that lasts.
 *
 * @param seen when the engine first saw it
 */
record OpenTrouble(Trouble trouble, Instant seen) {
    /** When it has lasted so long; the clock of a node that is ahead delays nothing. */
    Instant ripe(Duration hold) {
        Instant from = trouble.from().isBefore(seen) ? trouble.from() : seen;
        return from.plus(hold);
    }
}
