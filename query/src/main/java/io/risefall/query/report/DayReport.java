package io.risefall.query.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.schemas.Health;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is said of one day, as plain data: every format prints this and computes nothing of its own. Its JSON is the
 * format {@code json}: names in snake case, times ISO 8601 in UTC, durations in milliseconds named {@code …_ms}, what is
 * not known null. Strings from the log are as in the log; the formats make them printable.
 *
 * @param format names this structure; fields are only ever added to it
 * @param day the day
 * @param zone the zone that cuts it
 * @param from its first instant
 * @param to its end, or now while it lasts; from for a day that has not begun
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
 * @param evidence the lines behind the numbers, for the page; programs ask {@code risefall explain}
 */
@JsonPropertyOrder({
    "format",
    "day",
    "zone",
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
        Instant from,
        Instant to,
        Instant dayEnd,
        @Nullable Instant knownUntil,
        Instant writtenAt,
        Verdict verdict,
        @Nullable Instant coveredFrom,
        @Nullable Instant coveredTo,
        Fleet fleet,
        List<Server> servers,
        List<OutageOfDay> outages,
        List<Incident> incidents,
        List<Sightings> sightings,
        List<ReasonHour> reasons,
        List<Flaps> flapping,
        List<Planned> maintenance,
        List<BackendGap> backends,
        List<RoleDay> roles,
        List<NearMisses> nearMisses,
        List<Source> sources,
        List<String> caveats,
        @JsonIgnore Evidence evidence) {

    static final String FORMAT = "risefall-day-report/1";

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
    public List<Server> services() {
        return services(servers, roles);
    }

    static List<Server> services(List<Server> servers, List<RoleDay> roles) {
        return Stream.concat(
                        servers.stream().filter(server -> !server.role()),
                        roles.stream().map(RoleDay::asServer))
                .sorted(Server.WORST_FIRST)
                .toList();
    }

    /** The outages outside of role backends. */
    @JsonIgnore
    public List<OutageOfDay> ownOutages() {
        return outages.stream().filter(outage -> !outage.role()).toList();
    }

    /** The backends without a server that are no role backends: those have their own words for it. */
    @JsonIgnore
    public List<BackendGap> ownBackends() {
        return backends.stream()
                .filter(gap -> roles.stream()
                        .noneMatch(role ->
                                role.node().equals(gap.node()) && role.proxy().equals(gap.proxy())))
                .toList();
    }

    /** Whether more than one HAProxy host speaks, so that tables must say which. */
    @JsonIgnore
    public boolean hasManyNodes() {
        return fleet.nodes() > 1;
    }

    /** How bad it is. */
    public enum Level {
        OK,
        TROUBLE,
        DOWN,
        UNKNOWN
    }

    /**
     * The day for someone with ten seconds.
     *
     * @param level how bad
     * @param sentence what happened
     * @param more what keeps the sentence honest; may be empty
     */
    @JsonPropertyOrder({"level", "sentence", "more"})
    public record Verdict(Level level, String sentence, String more) {}

    /**
     * All servers together.
     *
     * @param servers real servers: distinct {@code proxy/server}
     * @param nodes HAProxy hosts that speak of them; time is summed over every pair of node and server
     * @param atEnd how many real servers are in which state at the end of the period (down if any node says so)
     * @param time time of all pairs of node and server
     * @param outages outages that touch the day
     * @param begun how many of them began on it
     * @param flaps completed DOWN to UP cycles
     * @param longestMs the longest outage, as far as it lies in the day; null without one
     * @param mttrMs mean length of the outages that ended in an UP on this day; null without one
     */
    public record Fleet(
            int servers,
            int nodes,
            AtEnd atEnd,
            Times time,
            int outages,
            int begun,
            int flaps,
            @Nullable Long longestMs,
            @Nullable Long mttrMs) {}

    /** Servers by state at the end of the period. */
    public record AtEnd(int up, int down, int maint, int drain, int unknown) {}

    /**
     * One server as one node sees it.
     *
     * @param explain what {@code risefall explain} is asked, in the zone of the report, for its numbers
     * @param role whether it is of a role backend
     */
    @JsonPropertyOrder({"node", "proxy", "server", "backup", "state", "since", "time"})
    public record Server(
            String node,
            String proxy,
            String server,
            boolean backup,
            Health state,
            @Nullable Instant since,
            Times time,
            int outages,
            int flaps,
            long flappingMs,
            @Nullable Long longestMs,
            @Nullable Long mttrMs,
            @Nullable String lastReason,
            List<Stretch> states,
            String explain,
            boolean role) {
        static final Comparator<Server> WORST_FIRST = Comparator.comparing(
                        (Server s) -> -s.time().downMs())
                .thenComparing(s -> -s.outages())
                .thenComparing(s -> -s.time().maintMs() - s.time().drainMs())
                .thenComparing(Server::proxy)
                .thenComparing(Server::server)
                .thenComparing(Server::node);

        public Server {
            states = List.copyOf(states);
        }

        /** {@code proxy/server}. */
        @JsonIgnore
        public String name() {
            return proxy + "/" + server;
        }

        /** Whether it was up all the time, or at least never seen otherwise. */
        @JsonIgnore
        public boolean isQuiet() {
            return outages == 0 && time.downMs() == 0 && time.maintMs() == 0 && time.drainMs() == 0;
        }
    }

    /** A stretch of one state, cut to the period. */
    public record Stretch(Health state, Instant from, Instant to, String cause) {}

    /**
     * One outage.
     *
     * @param inDayMs its length inside the period
     * @param durationMs its whole length so far; may have begun before the day and may go on after it
     * @param detectionMs from the first failed check to DOWN; null where no check line says
     * @param recoveryMs from the first passed check to UP; null where no check line says
     * @param role it is of a role backend: a standby, or a leader that went
     */
    @JsonPropertyOrder({"id", "node", "proxy", "server", "backup", "started_at", "ended_at", "duration_ms", "in_day_ms"
    })
    public record OutageOfDay(
            String id,
            String node,
            String proxy,
            String server,
            boolean backup,
            Instant startedAt,
            @Nullable Instant endedAt,
            long durationMs,
            long inDayMs,
            @Nullable String endedBy,
            @Nullable String reason,
            @Nullable String reasonText,
            @Nullable Integer code,
            @Nullable String info,
            @Nullable String via,
            boolean agent,
            @Nullable Instant firstFailureAt,
            boolean backendEmptied,
            boolean certain,
            @Nullable Instant firstSuccessAt,
            @Nullable Long detectionMs,
            @Nullable Long recoveryMs,
            boolean role,
            Diagnosis diagnosis) {
        /** What {@code risefall explain} is asked for its lines. */
        @JsonProperty("explain")
        public String explain() {
            return id;
        }

        /** {@code proxy/server}. */
        @JsonIgnore
        public String name() {
            return proxy + "/" + server;
        }
    }

    /** Failed checks of one hour. */
    public record ReasonHour(
            Instant hour,
            String reason,
            @Nullable Integer code,
            long failures,
            long downs,
            @Nullable Long maxDurationMs,
            int servers) {
        /** What {@code risefall explain} is asked for its lines. */
        @JsonProperty("explain")
        public String explain() {
            return hour.toString().substring(0, "2026-11-23T10:00".length()) + "Z " + reason + " "
                    + (code == null ? Asked.WITHOUT : code) + " failures";
        }
    }

    /**
     * A flapping episode.
     *
     * @param explain what {@code risefall explain} is asked, in the zone of the report, for its lines
     */
    public record Flaps(
            String node,
            String proxy,
            String server,
            Instant startedAt,
            @Nullable Instant endedAt,
            int downs,
            double peakPenalty,
            String explain) {
        @JsonIgnore
        public String name() {
            return proxy + "/" + server;
        }
    }

    /**
     * Maintenance or drain: planned, or wanted by DNS.
     *
     * @param explain what {@code risefall explain} is asked, in the zone of the report, for its lines
     */
    public record Planned(
            String node,
            String proxy,
            String server,
            Health state,
            Instant from,
            @Nullable Instant to,
            long inDayMs,
            String cause,
            Diagnosis diagnosis,
            String explain) {
        @JsonIgnore
        public String name() {
            return proxy + "/" + server;
        }
    }

    /** A backend without any server. */
    public record BackendGap(
            String id,
            String node,
            String proxy,
            Instant startedAt,
            @Nullable Instant endedAt,
            long durationMs,
            long inDayMs) {
        /** What {@code risefall explain} is asked for its lines. */
        @JsonProperty("explain")
        public String explain() {
            return id;
        }
    }

    /**
     * What one source delivered, over all days.
     *
     * @param unstamped of the rejected, health lines to which no line tells the time; not in the JSON where there are none
     */
    public record Source(
            String source,
            long lines,
            long events,
            long traffic,
            long other,
            long repeats,
            long rejected,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long unstamped) {}
}
