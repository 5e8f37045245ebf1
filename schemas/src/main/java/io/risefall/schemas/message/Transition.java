package io.risefall.schemas.message;

/**
 * What a switch line says happened to a server, one constant per wording of {@code server.c} (HAProxy 1.4 to 3.5).
 * Where a wording names the state after it ({@code is UP/READY (leaving maintenance)}), that is in
 * {@link ServerSwitch#up()} and {@link ServerSwitch#drain()}.
 */
public enum Transition {
    /** {@code is DOWN}. */
    DOWN,
    /** {@code is UP}; also printed a second time at the end of {@code slowstart}. */
    UP,
    /** {@code is stopping}: a 404 with {@code disable-on-404}; only sessions that stick are still served. */
    STOPPING,
    /** {@code was DOWN and now enters maintenance}. */
    MAINTENANCE_FROM_DOWN,
    /** {@code is going DOWN for maintenance}; in 1.4 {@code is DOWN for maintenance}. */
    MAINTENANCE,
    /** {@code is UP|DOWN/READY|DRAIN (leaving forced maintenance)}; in 1.4 {@code is UP (leaving maintenance)}. */
    LEAVES_FORCED_MAINTENANCE,
    /** {@code is UP|DOWN/READY|DRAIN (leaving maintenance)}: of a tracked server. */
    LEAVES_MAINTENANCE,
    /** {@code ('FQDN') is UP|DOWN/READY|DRAIN (resolves again)}. */
    RESOLVES_AGAIN,
    /** {@code ('FQDN') resolves again but remains in maintenance}. */
    RESOLVES_REMAINS_MAINTENANCE,
    /** {@code is leaving forced maintenance but remains in maintenance}. */
    LEAVES_FORCED_REMAINS_MAINTENANCE,
    /** {@code remains in forced maintenance}. */
    REMAINS_FORCED_MAINTENANCE,
    /** {@code enters drain state}. */
    DRAIN,
    /** {@code is UP|DOWN (leaving forced drain)}. */
    LEAVES_FORCED_DRAIN,
    /** {@code is UP|DOWN (leaving drain)}. */
    LEAVES_DRAIN,
    /** {@code remains in drain mode}. */
    REMAINS_DRAIN,
    /** {@code remains in forced drain mode}. */
    REMAINS_FORCED_DRAIN,
    /** {@code is leaving forced drain but remains in drain mode}. */
    LEAVES_FORCED_REMAINS_DRAIN
}
