package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

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
public record FleetDay(
        int servers,
        int nodes,
        ServersAtEnd atEnd,
        StateDurations time,
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
