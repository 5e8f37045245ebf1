package io.risefall.query.report.period;

import io.risefall.query.report.model.Period;
import io.risefall.query.time.Durations;
import io.risefall.query.time.Millis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How each number of a period's report is counted: short sentences. */
final class PeriodMethod {
    private PeriodMethod() {}

    static List<String> of(PeriodRequest request, Period period) {
        List<String> method = new ArrayList<>();
        method.add(
                "Days begin at midnight in " + request.zone().getId() + "; the period is "
                        + Durations.text(Millis.between(period.from(), period.dayEnd())) + " long"
                        + summerTime(request, period)
                        + ". Only what lies within it counts as time down, also of outages that began before it or lasted longer.");
        method.add("Up, down, maintenance, drain and unknown add up to the period. Availability is up / (up + down):"
                + " drain counts as up, maintenance and unknown time do not count. A share is always rounded down.");
        method.add("An outage counts if any of it lies in the period. Longest and time to repair are of whole outages;"
                + " time to repair is the mean of those that ended with UP within the period.");
        method.add("A backend is available while it has a server, as risefall budget counts it. At least: if all time"
                + " that the log does not tell was time down.");
        method.add("The same by day and load balancer: risefall query \"from server_day_in('"
                + request.zone().getId() + "') where day between '"
                + request.period().first() + "' and '"
                + request.period().last() + "'\".");
        return method;
    }

    private static String summerTime(PeriodRequest request, Period period) {
        long hours = Duration.between(period.from(), period.dayEnd()).toHours()
                - 24 * request.period().days();
        return hours == 0
                ? ""
                : ", " + Math.abs(hours) + (hours > 0 ? " more" : " less")
                        + " than its days have of 24 h, for summer time";
    }
}
