package io.risefall.query.alert.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server of the fleet in an alert.
 *
 * @param nodes those that see or saw it DOWN, in order of their names
 * @param since when the earliest of its DOWNs that last began; if none lasts, when its latest one did
 * @param reason HAProxy's short code; null: no line has one
 * @param reasonText the reason in the words of the log, untrusted; null: no line has one
 */
public record AlertServer(
        String proxy,
        String server,
        List<String> nodes,
        Instant since,
        @Nullable String reason,
        @Nullable String reasonText,
        State state) {
    public AlertServer {
        nodes = List.copyOf(nodes);
    }

    /** How it is as the message is made. */
    public enum State {
        DOWN,
        /** It goes DOWN and UP; now it may be either. */
        FLAPPING,
        /** Not DOWN any more. */
        OVER
    }

    /** {@code PROXY/SERVER}. */
    public String name() {
        return proxy + "/" + server;
    }
}
