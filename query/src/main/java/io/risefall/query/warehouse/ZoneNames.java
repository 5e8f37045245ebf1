package io.risefall.query.warehouse;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.TreeSet;

/** Names of zones that DuckDB knows: those of the tz database, and no offsets. */
final class ZoneNames {
    /** Zones that were moved before then do as well. */
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private ZoneNames() {}

    /** @throws WarehouseException for an offset that no zone of the tz database has all the time */
    static String of(ZoneId zone) {
        if (!(zone.normalized() instanceof ZoneOffset offset)) {
            return zone.getId();
        }
        if (offset.equals(ZoneOffset.UTC)) {
            return "UTC";
        }
        return new TreeSet<>(ZoneId.getAvailableZoneIds())
                .stream()
                        .filter(name -> name.contains("/")
                                && isAlways(offset, ZoneId.of(name).getRules()))
                        .findFirst()
                        .orElseThrow(() -> new WarehouseException("no time zone is always at " + offset
                                + "; use a name of the tz database, such as Europe/Berlin"));
    }

    private static boolean isAlways(ZoneOffset offset, ZoneRules rules) {
        return rules.getOffset(LONG_AGO).equals(offset) && rules.nextTransition(LONG_AGO) == null;
    }
}
