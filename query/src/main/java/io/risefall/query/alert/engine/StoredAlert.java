package io.risefall.query.alert.engine;

import io.risefall.query.alert.model.AlertProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine knows of an alert, as JSON: what it takes to go on after a restart.
 *
 * @param sequence of the last message; 0: none was sent
 * @param gone whether the engine has done with it
 * @param endedAt when the last of what ended did
 * @param saidAt when the last message was made
 * @param stillOpen how many of the times to report it again have passed
 * @param amend whether late lines have changed what was said, and no message says so yet
 * @param said the problem that the last message named
 * @param worst the worst problem that any message named
 * @param saidServers how many servers were DOWN or flapped in the last message
 * @param betterSince since when the problem is less than what was said
 * @param first the earliest outage
 * @param settled its outages that are over, as they were known; null: an older build has stored it
 * @param past whether it is over for good: it does not open again
 * @param unsaid servers that no message has named, and since when they are DOWN
 * @param reach by backend, server's name and node: what begins near there belongs to it
 */
public record StoredAlert(
        String id,
        AlertGroup group,
        AlertState state,
        int sequence,
        boolean gone,
        Instant startedAt,
        @Nullable Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable Instant saidAt,
        int stillOpen,
        boolean reopened,
        boolean flapSaid,
        boolean amend,
        @Nullable AlertProblem said,
        AlertProblem worst,
        int saidServers,
        @Nullable Instant betterSince,
        List<OpenTrouble> open,
        List<FleetMember> members,
        List<String> nodes,
        List<String> outageIds,
        @Nullable Trouble first,
        Map<String, Instant> unsaid,
        Map<String, Neighbourhood> reach,
        @Nullable List<TroubleChange> settled,
        boolean past) {}
