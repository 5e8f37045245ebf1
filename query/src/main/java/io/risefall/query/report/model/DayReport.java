package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.time.Millis;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is said of one day, as plain data: every format prints this and computes nothing of its own. Its JSON is the
 * format {@code json}: names in snake case, times ISO 8601 in UTC, durations in milliseconds named {@code …_ms}, what is
 * not known null. Strings from the log are as in the log; the formats make them printable.
 *
 * <p>A row is a server of the fleet, {@code proxy/server}, and what happened to it, however many nodes saw it. Where several
 * did, {@code node} is null, {@code seen_by} says which, and {@code by_node} has the rows of each node as the views have them.
 * Where one node knows a server, its row is that node's and {@code by_node} is empty.
 *
 * @param format names this structure; fields are only ever added to it. The first one had a row per node
 * @param day the day
 * @param zone the zone that cuts it
 * @param node the only node that it is about; null for all
 * @param from its first instant
 * @param to its end, or now while it lasts; from for a day that has not begun. All states are those of this moment, or of
 *     {@code known_until}
 * @param dayEnd its end (23, 24 or 25 hours after from)
 * @param knownUntil until when the log tells, if that is before to: the state at the end is then the state at that time;
 *     else null
 * @param writtenAt when the report was made
 * @param verdict the day in one sentence
 * @param coveredFrom the first instant of which the log tells anything; null where there is none
 * @param coveredTo the last
 * @param fleet all servers together
 * @param servers each server, worst first; those of role backends too, which count as one server there
 * @param outages the outages that touch the day, in order of time; those of role backends too, which do not count
 * @param incidents which of the outages belong together, in order of time
 * @param sightings who saw the servers down that several nodes know
 * @param reasons failed checks by hour, reason and code
 * @param flapping flapping episodes that touch the day
 * @param maintenance maintenance and drain that touch the day
 * @param backends stretches in which a backend had no server
 * @param roles backends in which one server is up by design
 * @param nearMisses servers that lost lives and recovered before they went DOWN
 * @param sources where the lines came from
 * @param caveats what to know before believing the numbers
 * @param away whether Risefall itself was away within the day; what of it the caveats say
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
    "fleet",
    "servers",
    "outages",
    "incidents",
    "sightings",
    "reasons",
    "flapping",
    "maintenance",
    "backends",
    "roles",
    "near_misses",
    "sources",
    "caveats"
})
public record DayReport(
        String format,
        LocalDate day,
        ZoneId zone,
        @Nullable String node,
        Instant from,
        Instant to,
        Instant dayEnd,
        @Nullable Instant knownUntil,
        Instant writtenAt,
        Verdict verdict,
        @Nullable Instant coveredFrom,
        @Nullable Instant coveredTo,
        FleetDay fleet,
        List<ServerDay> servers,
        List<DayOutage> outages,
        List<Incident> incidents,
        List<Sightings> sightings,
        List<ReasonHour> reasons,
        List<FlappingEpisode> flapping,
        List<MaintenanceWindow> maintenance,
        List<DayBackendOutage> backends,
        List<RoleDay> roles,
        List<NearMisses> nearMisses,
        List<SourceTally> sources,
        List<String> caveats,
        @JsonIgnore boolean away,
        @JsonIgnore Evidence evidence) {

    public static final String FORMAT = "risefall-day-report/2";

    public DayReport {
        servers = List.copyOf(servers);
        outages = List.copyOf(outages);
        incidents = List.copyOf(incidents);
        sightings = List.copyOf(sightings);
        reasons = List.copyOf(reasons);
        flapping = List.copyOf(flapping);
        maintenance = List.copyOf(maintenance);
        backends = List.copyOf(backends);
        roles = List.copyOf(roles);
        nearMisses = List.copyOf(nearMisses);
        sources = List.copyOf(sources);
        caveats = List.copyOf(caveats);
    }

    /** Length of the period, which the five states of every server add up to. */
    @JsonProperty("period_ms")
    public long periodMs() {
        return Millis.between(from, to);
    }

    /** Whether the day is still going on. */
    @JsonProperty("running")
    public boolean isRunning() {
        return to.isBefore(dayEnd) && to.isAfter(from);
    }

    /** Between the first and the last instant known; zero where nothing is. */
    @JsonProperty("covered_ms")
    public long coveredMs() {
        return coveredFrom == null || coveredTo == null ? 0 : coveredTo.toEpochMilli() - coveredFrom.toEpochMilli();
    }

    /** What counts: the servers outside of role backends, and each of those as one. The worst first. */
    @JsonIgnore
    public List<ServerDay> services() {
        return services(servers, roles);
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
        return outages.stream().filter(outage -> !outage.role()).toList();
    }

    /** The backends without a server that are no role backends: those have their own words for it. */
    @JsonIgnore
    public List<DayBackendOutage> ownBackends() {
        return backends.stream()
                .filter(gap -> roles.stream().noneMatch(role -> role.proxy().equals(gap.proxy())))
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
        return outages.stream()
                .filter(outage -> outage.name().equals(server.name()) && isOpen(outage))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** Whether an outage lasts at the end of the period. */
    @JsonIgnore
    public boolean isOpen(DayOutage outage) {
        return outage.isOpen(to);
    }

    /** Maintenance and drain that may be forgotten. */
    @JsonIgnore
    public List<MaintenanceWindow> forgotten() {
        return maintenance.stream().filter(MaintenanceWindow::forgotten).toList();
    }

    /** Whether more than one HAProxy host speaks, so that tables must say which. */
    @JsonIgnore
    public boolean hasManyNodes() {
        return fleet.nodes() > 1;
    }
}
