package io.risefall.query.report.period;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.model.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a period as plain data: every format prints this. Its JSON is the format {@code json}: names in snake case,
 * times ISO 8601 in UTC, durations in milliseconds named {@code …_ms}, null for what is not known.
 *
 * @param request what was asked for
 * @param period how much of it is over and known
 * @param writtenAt when the report was made
 * @param level how bad it is
 * @param sentence the period in one sentence
 * @param coveredFrom the first instant of which the log tells anything; null where there is none
 * @param coveredTo the last
 * @param fleet all servers together
 * @param comparison with the period before; null for a day that has not begun
 * @param backends worst first
 * @param servers worst first
 * @param reasons of the outages, the most time down first
 * @param outages in order of time
 * @param method how the numbers are counted
 * @param caveats what the log could not tell
 */
@JsonPropertyOrder({
    "format",
    "unit",
    "words",
    "first_day",
    "last_day",
    "zone",
    "node",
    "proxy",
    "from",
    "to",
    "period_end",
    "running",
    "known_until",
    "written_at",
    "level",
    "sentence",
    "covered_from",
    "covered_to",
    "fleet",
    "comparison",
    "backends",
    "servers",
    "reasons",
    "outages",
    "method",
    "caveats"
})
public record PeriodReport(
        @JsonIgnore PeriodRequest request,
        @JsonIgnore Period period,
        Instant writtenAt,
        Level level,
        String sentence,
        @Nullable Instant coveredFrom,
        @Nullable Instant coveredTo,
        FleetDay fleet,
        @Nullable PeriodComparison comparison,
        List<BackendPeriod> backends,
        List<ServerPeriod> servers,
        List<ReasonPeriod> reasons,
        List<OutagePeriod> outages,
        List<String> method,
        List<String> caveats) {
    /** Names this structure; fields are only ever added to it. */
    @JsonProperty("format")
    public String format() {
        return "risefall-period-report/1";
    }

    /** {@code week}; null for just some days. */
    @JsonProperty("unit")
    public @Nullable String unit() {
        CalendarUnit unit = request.period().unit();
        return unit == null ? null : unit.word();
    }

    /** {@code November 2026}. */
    @JsonProperty("words")
    public String words() {
        return request.period().words();
    }

    @JsonProperty("first_day")
    public LocalDate firstDay() {
        return request.period().first();
    }

    @JsonProperty("last_day")
    public LocalDate lastDay() {
        return request.period().last();
    }

    /** The zone that cuts the days. */
    @JsonProperty("zone")
    public ZoneId zone() {
        return request.zone();
    }

    /** The only node that it is about; null for all. */
    @JsonProperty("node")
    public @Nullable String node() {
        return request.node();
    }

    /** The only backend that it is about; null for all. */
    @JsonProperty("proxy")
    public @Nullable String proxy() {
        return request.proxy();
    }

    @JsonProperty("from")
    public Instant from() {
        return period.from();
    }

    /** The end of the period, or now while it lasts. */
    @JsonProperty("to")
    public Instant to() {
        return period.to();
    }

    @JsonProperty("period_end")
    public Instant periodEnd() {
        return period.dayEnd();
    }

    @JsonProperty("running")
    public boolean isRunning() {
        return period.isRunning();
    }

    /** Until when the log tells, if that is before {@link #to}; else null. */
    @JsonProperty("known_until")
    public @Nullable Instant knownUntil() {
        return period.knownUntil();
    }

    /** Whether nothing was down, and nothing more is to be said. */
    @JsonIgnore
    public boolean isQuiet() {
        return servers.stream().noneMatch(ServerPeriod::isTroubled)
                && backends.stream().noneMatch(BackendPeriod::isTroubled);
    }

    /** Whether more than one HAProxy host speaks. */
    @JsonIgnore
    public boolean hasManyNodes() {
        return fleet.nodes() > 1;
    }
}
