package io.risefall.query.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.fleet.SeenBy;
import io.risefall.schemas.message.Health;
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
        @JsonIgnore boolean away,
        @JsonIgnore Evidence evidence) {

    static final String FORMAT = "risefall-day-report/2";

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
                .filter(gap -> roles.stream().noneMatch(role -> role.proxy().equals(gap.proxy())))
                .toList();
    }

    /** The servers that are down at the end of the period, a role backend without leader as one; the headline counts these. */
    @JsonIgnore
    public List<Server> down() {
        return services().stream()
                .filter(server -> server.state() == Health.DOWN)
                .toList();
    }

    /** The outage that a server is in at the end of the period; null for a role backend. */
    @JsonIgnore
    public @Nullable OutageOfDay openOutage(Server server) {
        return outages.stream()
                .filter(outage -> outage.name().equals(server.name()) && isOpen(outage))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** Whether an outage lasts at the end of the period. */
    @JsonIgnore
    public boolean isOpen(OutageOfDay outage) {
        return outage.isOpen(to);
    }

    /** Maintenance and drain that may be forgotten. */
    @JsonIgnore
    public List<Planned> forgotten() {
        return maintenance.stream().filter(Planned::forgotten).toList();
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
     * All servers together, each once however many nodes watch it.
     *
     * @param servers servers of the fleet: distinct {@code proxy/server}
     * @param nodes HAProxy hosts that speak of them
     * @param atEnd how many servers are in which state at the end of the period
     * @param time time of all servers
     * @param outages outages that touch the day
     * @param begun how many of them began on it
     * @param seenBySome how many of them only some of the nodes saw that had the server in service
     * @param outageServers how many servers had them
     * @param outageNodes how many nodes saw them
     * @param recoveries how many of them ended with an UP in the period
     * @param longestMs the whole length of the longest outage that touches the day, so far; null without one
     * @param longestInDayMs the longest time that one of them takes of the day; null without one
     * @param mttrMs mean whole length of the outages that ended with an UP in the period; null without one
     */
    public record Fleet(
            int servers,
            int nodes,
            AtEnd atEnd,
            Times time,
            int outages,
            int begun,
            int seenBySome,
            int outageServers,
            int outageNodes,
            int recoveries,
            @Nullable Long longestMs,
            @Nullable Long longestInDayMs,
            @Nullable Long mttrMs) {
        /** The same as recoveries: its name in the view {@code server_day}. */
        @JsonProperty("flaps")
        public int flaps() {
            return recoveries;
        }
    }

    /**
     * Servers by state at the end of the period.
     *
     * @param down down for one node at least
     * @param downForSome how many of those are up for others
     */
    public record AtEnd(int up, int down, int maint, int drain, int unknown, int downForSome) {}

    /**
     * A server of the fleet, or in {@code byNode} as one node sees it.
     *
     * @param node the node that knows it; null where several do
     * @param state at the end of the period: down if one node says so
     * @param downBy who sees it down then, of those that have it in service; null in another state
     * @param outages that touch the period
     * @param recoveries how many of them ended with an UP in the period
     * @param longestMs whole length of the longest of them, so far
     * @param longestInDayMs the longest time that one of them takes of the day
     * @param explain what {@code risefall explain} is asked, in the zone of the report, for its numbers; null where several
     *     nodes know it: then each of {@code byNode} has one
     * @param role whether it is of a role backend
     * @param byNode as each node sees it, where several know it
     */
    @JsonPropertyOrder({"node", "proxy", "server", "backup", "state", "since", "time"})
    public record Server(
            @Nullable String node,
            String proxy,
            String server,
            boolean backup,
            Health state,
            @Nullable Instant since,
            @Nullable SeenBy downBy,
            Times time,
            int outages,
            int recoveries,
            long flappingMs,
            @Nullable Long longestMs,
            @Nullable Long longestInDayMs,
            @Nullable Long mttrMs,
            @Nullable String lastReason,
            List<Stretch> states,
            @Nullable String explain,
            boolean role,
            List<Server> byNode) {
        static final Comparator<Server> WORST_FIRST = Comparator.comparing(
                        (Server s) -> -s.time().downMs())
                .thenComparing(s -> s.time().downForSomeMs())
                .thenComparing(s -> -s.outages())
                .thenComparing(s -> -s.time().maintMs() - s.time().drainMs())
                .thenComparing(Server::proxy)
                .thenComparing(Server::server);

        public Server {
            states = List.copyOf(states);
            byNode = List.copyOf(byNode);
        }

        /** The nodes that know it. */
        @JsonProperty("nodes")
        public List<String> nodes() {
            return node != null
                    ? List.of(node)
                    : byNode.stream().map(Server::nodes).flatMap(List::stream).toList();
        }

        /** The same as recoveries: its name in the view {@code server_day}. */
        @JsonProperty("flaps")
        public int flaps() {
            return recoveries;
        }

        /** {@code proxy/server}. */
        @JsonIgnore
        public String name() {
            return proxy + "/" + server;
        }

        /** Whether it was up all the time, or at least never seen otherwise. */
        @JsonIgnore
        public boolean isQuiet() {
            return !isTroubled() && time.maintMs() == 0 && time.drainMs() == 0;
        }

        /** Whether it had an outage. */
        @JsonIgnore
        public boolean isTroubled() {
            return outages > 0 || time.downMs() > 0;
        }
    }

    /**
     * A stretch of one state, cut to the period.
     *
     * @param someOnly down for some of the nodes that have it in service, and up for others
     */
    public record Stretch(Health state, Instant from, Instant to, String cause, boolean someOnly) {
        public Stretch(Health state, Instant from, Instant to, String cause) {
            this(state, from, to, cause, false);
        }
    }

    /**
     * One outage: from the first to the last node that saw the server DOWN, or in {@code byNode} what one node saw.
     *
     * @param id of the outage of the node that saw it first, in the view {@code outages}
     * @param node the node that saw it; null where several did
     * @param seenBy which nodes saw it, of how many that had the server in service
     * @param inDayMs its length inside the period
     * @param durationMs its whole length so far; may have begun before the day and may go on after it
     * @param detectionMs from the first failed check to DOWN; null where no check line says
     * @param recoveryMs from the first passed check to UP; null where no check line says
     * @param role it is of a role backend: a standby, or a leader that went
     * @param byNode what each node saw, where several did
     */
    @JsonPropertyOrder({"id", "node", "proxy", "server", "backup", "started_at", "ended_at", "duration_ms", "in_day_ms"
    })
    public record OutageOfDay(
            String id,
            @Nullable String node,
            String proxy,
            String server,
            boolean backup,
            SeenBy seenBy,
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
            Diagnosis diagnosis,
            List<OutageOfDay> byNode) {
        public OutageOfDay {
            byNode = List.copyOf(byNode);
        }

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

        /** What each node saw: itself, where one did. */
        @JsonIgnore
        public List<OutageOfDay> sightings() {
            return byNode.isEmpty() ? List.of(this) : byNode;
        }

        /** Whether it lasts at that moment. */
        @JsonIgnore
        public boolean isOpen(Instant at) {
            return endedAt == null || !endedAt.isBefore(at);
        }

        /** Whether it ended with an UP before that moment. */
        @JsonIgnore
        public boolean isRecovered(Instant before) {
            return "up".equals(endedBy) && endedAt != null && endedAt.isBefore(before);
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
     * @param node the node that saw it; null where several did
     * @param endedAt when the server was calm again; null where that is later than the log tells
     * @param calmAt when it is calm, if nothing more happens
     * @param downs DOWNs of it, those that led to it included, on the node that saw the most
     * @param explain what {@code risefall explain} is asked, in the zone of the report, for its lines; null for several nodes
     */
    public record Flaps(
            @Nullable String node,
            String proxy,
            String server,
            SeenBy seenBy,
            Instant startedAt,
            @Nullable Instant endedAt,
            Instant calmAt,
            int downs,
            double peakPenalty,
            @Nullable String explain) {
        @JsonIgnore
        public String name() {
            return proxy + "/" + server;
        }
    }

    /**
     * Maintenance or drain: planned, or wanted by DNS.
     *
     * @param node the node that has it; null where several do
     * @param lastsMs its whole length so far
     * @param forgotten it lasts at the end of the period, and for longer than is usual
     * @param explain what {@code risefall explain} is asked, in the zone of the report, for its lines; null for several nodes
     */
    public record Planned(
            @Nullable String node,
            String proxy,
            String server,
            SeenBy seenBy,
            Health state,
            Instant from,
            @Nullable Instant to,
            long lastsMs,
            long inDayMs,
            boolean forgotten,
            String cause,
            Diagnosis diagnosis,
            @Nullable String explain) {
        @JsonIgnore
        public String name() {
            return proxy + "/" + server;
        }
    }

    /**
     * A backend without any server.
     *
     * @param id of the node that saw it first, in the view {@code backend_outages}
     * @param node the node that saw it; null where several did
     */
    public record BackendGap(
            String id,
            @Nullable String node,
            String proxy,
            SeenBy seenBy,
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
