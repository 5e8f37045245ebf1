package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often one server lost lives in the period and recovered before it went DOWN.
 *
 * @param node the node that saw them; null where several did
 * @param seenBy the nodes that saw any
 * @param nearMisses how often, what several nodes saw at a time once
 * @param becameOutages how many were followed by an outage within an hour
 * @param lowest the fewest lives that were left
 * @param threshold of how many, then
 * @param reason HAProxy's short code of the latest
 * @param lastAt when the latest began
 */
@JsonPropertyOrder({"node", "proxy", "server", "near_misses", "became_outages"})
public record NearMisses(
        @Nullable String node,
        String proxy,
        String server,
        SeenBy seenBy,
        int nearMisses,
        int becameOutages,
        int lowest,
        int threshold,
        String reason,
        Instant lastAt) {
    public static final SectionKey<NearMisses> SECTION = new SectionKey<>("near_misses");

    /** {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }
}
