package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.time.Millis;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report of one day as plain data: every format prints this and computes nothing. Its JSON is the format {@code json}:
 * names in snake case, times ISO 8601 in UTC, durations in milliseconds named {@code …_ms}, null for what is not known.
 * Strings from the log are as in the log; the formats make them printable.
 *
 * <p>A row is a server of the fleet, {@code proxy/server}, and what happened to it, however many nodes saw it. Where several
 * did, {@code node} is null, {@code seen_by} says which, and {@code by_node} has the rows of each node as the views have them.
 * Where one node knows a server, its row is that node's and {@code by_node} is empty.
 *
 * @param period the day, and how much of it is over and known
 * @param node the only node that it is about; null for all
 * @param writtenAt when the report was made
 * @param verdict the day in one sentence
 * @param coveredFrom the first instant of which the log tells anything; null where there is none
 * @param coveredTo the last
 * @param fleet all servers together
 * @param sections the rows of each section
 * @param away whether Risefall was away within the day; the caveats tell more
 * @param evidence the lines behind the numbers, for the page; programs ask {@code risefall explain}
 */
@JsonPropertyOrder({
    "format",
    "day",
    "zone",
    "node",
    "from",
    "to",
    "day_end",
    "period_ms",
    "running",
    "known_until",
    "written_at",
    "verdict",
    "covered_from",
    "covered_to",
    "covered_ms",
    "fleet"
})
public record DayReport(
        @JsonIgnore Period period,
        @Nullable String node,
        Instant writtenAt,
        Verdict verdict,
        @Nullable Instant coveredFrom,
        @Nullable Instant coveredTo,
        FleetDay fleet,
        @JsonIgnore SectionRows sections,
        @JsonIgnore boolean away,
        @JsonIgnore Traces evidence) {
    /** What to know before you believe the numbers: sentences. */
    public static final SectionKey<String> CAVEATS = new SectionKey<>("caveats");

    /** Names this structure; fields are only ever added to it. The first one had a row per node. */
    @JsonProperty("format")
    public String format() {
        return "risefall-day-report/2";
    }

    @JsonProperty("day")
    public LocalDate day() {
        return period.day();
    }

    /** The zone that cuts the day. */
    @JsonProperty("zone")
    public ZoneId zone() {
        return period.zone();
    }

    /** The first instant of the day. */
    @JsonProperty("from")
    public Instant from() {
        return period.from();
    }

    /**
     * The end of the day, or now while it lasts; {@link #from} for a day that has not begun. All states are those of this
     * moment, or of {@link #knownUntil}.
     */
    @JsonProperty("to")
    public Instant to() {
        return period.to();
    }

    /** The end of the day: 23, 24 or 25 hours after {@link #from}. */
    @JsonProperty("day_end")
    public Instant dayEnd() {
        return period.dayEnd();
    }

    /** Until when the log tells, if that is before {@link #to}: the states at the end are of this moment; else null. */
    @JsonProperty("known_until")
    public @Nullable Instant knownUntil() {
        return period.knownUntil();
    }

    /** All sections for the JSON. */
    @JsonAnyGetter
    Map<String, List<?>> all() {
        return sections.all();
    }

    /** The rows of one section. */
    public <T> List<T> rows(SectionKey<T> section) {
        return sections.of(section);
    }

    /** The same by name, for templates. */
    public List<?> section(String name) {
        return sections.named(name);
    }

    /** Each server, worst first; those of role backends too, which count as one server there. */
    @JsonIgnore
    public List<ServerDay> servers() {
        return rows(ServerDay.SECTION);
    }

    /** The outages that touch the day, in order of time; those of role backends too, which do not count. */
    @JsonIgnore
    public List<DayOutage> outages() {
        return rows(DayOutage.SECTION);
    }

    /** Backends in which one server is up by design. */
    @JsonIgnore
    public List<RoleDay> roles() {
        return rows(RoleDay.SECTION);
    }

    @JsonIgnore
    public List<String> caveats() {
        return rows(CAVEATS);
    }

    /** Length of the period, which the five states of every server add up to. */
    @JsonProperty("period_ms")
    public long periodMs() {
        return Millis.between(from(), to());
    }

    /** Whether the day is still going on. */
    @JsonProperty("running")
    public boolean isRunning() {
        return period.isRunning();
    }

    /** Between the first and the last instant known; zero where nothing is. */
    @JsonProperty("covered_ms")
    public long coveredMs() {
        return coveredFrom == null || coveredTo == null ? 0 : coveredTo.toEpochMilli() - coveredFrom.toEpochMilli();
    }

    /** What counts: the servers outside of role backends, and each of those as one. The worst first. */
    @JsonIgnore
    public List<ServerDay> services() {
        return services(servers(), roles());
    }

    public static List<ServerDay> services(List<ServerDay> servers, List<RoleDay> roles) {
        return Stream.concat(
                        servers.stream().filter(server -> !server.role()),
                        roles.stream().map(RoleDay::asServer))
                .sorted(ServerDay.WORST_FIRST)
                .toList();
    }

    /** The outages outside of role backends. */
    @JsonIgnore
    public List<DayOutage> ownOutages() {
        return outages().stream().filter(outage -> !outage.role()).toList();
    }

    /** The backends without a server that are no role backends: those have their own words for it. */
    @JsonIgnore
    public List<DayBackendOutage> ownBackends() {
        return rows(DayBackendOutage.SECTION).stream()
                .filter(gap -> roles().stream().noneMatch(role -> role.proxy().equals(gap.proxy())))
                .toList();
    }

    /** The servers that are down at the end of the period, a role backend without leader as one; the headline counts these. */
    @JsonIgnore
    public List<ServerDay> down() {
        return services().stream()
                .filter(server -> server.state() == Health.DOWN)
                .toList();
    }

    /** The outage that a server is in at the end of the period; null for a role backend. */
    @JsonIgnore
    public @Nullable DayOutage openOutage(ServerDay server) {
        return outages().stream()
                .filter(outage -> outage.name().equals(server.name()) && isOpen(outage))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** Whether an outage lasts at the end of the period. */
    @JsonIgnore
    public boolean isOpen(DayOutage outage) {
        return outage.isOpen(to());
    }

    /** Maintenance and drain that may be forgotten. */
    @JsonIgnore
    public List<MaintenanceWindow> forgotten() {
        return rows(MaintenanceWindow.SECTION).stream()
                .filter(MaintenanceWindow::forgotten)
                .toList();
    }

    /** Whether more than one HAProxy host speaks, so that tables must say which. */
    @JsonIgnore
    public boolean hasManyNodes() {
        return fleet.nodes() > 1;
    }
}
