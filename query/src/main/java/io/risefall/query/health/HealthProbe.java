package io.risefall.query.health;

import java.sql.SQLException;
import java.time.Instant;

/** Looks at one thing, every few seconds. Called by one thread. */
interface HealthProbe {
    /** One word, which stays: alert rules name it. */
    String name();

    ProbeResult look(Instant now) throws SQLException;
}
