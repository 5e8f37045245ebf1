package io.risefall.app.doctor;

import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.query.haproxy.HaproxyConfig;
import org.jspecify.annotations.Nullable;

/** Which stats socket a configuration names. */
final class StatsSockets {
    private StatsSockets() {}

    /** The first that can be asked from here; null: none. */
    static @Nullable StatsAddress first(HaproxyConfig config) {
        for (String written : config.statsSockets()) {
            String address = written.replaceFirst("^(unix|ipv4|ipv6)@", "");
            if (written.contains("@") && address.equals(written)) {
                continue; // fd@, abns@
            }
            try {
                return StatsAddress.parse(address);
            } catch (IllegalArgumentException e) {
                // Another.
            }
        }
        return null;
    }
}
