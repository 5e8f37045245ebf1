package io.risefall.query.report.period;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.warehouse.RolePatterns;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Which period's report is asked for.
 *
 * @param period its days
 * @param zone the zone that cuts them
 * @param roles which backends are role backends by wish; null: as the warehouse was told
 * @param node the only node to look at; null: all of them, as a fleet
 * @param proxy the only backend to look at; null: all
 */
public record PeriodRequest(
        CalendarPeriod period,
        ZoneId zone,
        @Nullable RolePatterns roles,
        @Nullable String node,
        @Nullable String proxy) {
    PeriodRequest of(CalendarPeriod other) {
        return new PeriodRequest(other, zone, roles, node, proxy);
    }

    /** Its first day, as the parts of the day's report are asked. */
    DayRequest firstDay() {
        return DayRequest.of(period.first(), zone).withRoles(roles).withNode(node);
    }

    boolean includes(String backend) {
        return proxy == null || proxy.equals(backend);
    }
}
