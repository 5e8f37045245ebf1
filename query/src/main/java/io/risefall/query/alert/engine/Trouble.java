package io.risefall.query.alert.engine;

import io.risefall.schemas.key.ServerName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, as one node sees it: an outage, a flapping episode, a backend without servers, a silent node. Names and
 * reasons are as in the log, untrusted.
 *
 * @param id its own for good; of an outage the one in the view {@code outages}
 * @param node the HAProxy host; empty if it is none's
 * @param proxy the backend; empty if it is about none
 * @param server the server; empty if it is about none
 * @param from when it began; of a silence and of the pipeline, when it became one
 * @param since since when it lasts; of a silence, the last line
 * @param reason HAProxy's short code; null: none
 * @param words the reason in words; null: none
 * @param role whether its backend is a role backend
 * @param nearMs how near others must begin to belong to it
 */
public record Trouble(
        Kind kind,
        String id,
        String node,
        String proxy,
        String server,
        Instant from,
        Instant since,
        @Nullable String reason,
        @Nullable String words,
        boolean role,
        long nearMs) {
    /** What kinds of things can be wrong. */
    public enum Kind {
        /** A server is DOWN. */
        DOWN,
        /** A server goes DOWN and UP. */
        FLAPPING,
        /** A backend has no server. */
        EMPTY,
        /** A backend has too few servers. */
        LOW,
        /** A node prints nothing. */
        SILENT,
        /** Nothing comes in, or is processed. */
        PIPELINE
    }

    boolean isOfServer() {
        return kind == Kind.DOWN || kind == Kind.FLAPPING;
    }

    boolean isOfBackend() {
        return kind == Kind.EMPTY || kind == Kind.LOW;
    }

    /** Whether it began before the other one; at one moment, by name. */
    boolean isBefore(Trouble other) {
        int byTime = from.compareTo(other.from);
        return byTime < 0
                || byTime == 0
                        && (node + "/" + proxy + "/" + server)
                                        .compareTo(other.node + "/" + other.proxy + "/" + other.server)
                                < 0;
    }

    ServerName fleetServer() {
        return new ServerName(proxy, server);
    }
}
