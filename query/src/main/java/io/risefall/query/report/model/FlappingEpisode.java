package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A flapping episode.
 *
 * @param node the node that saw it; null where several did
 * @param endedAt when the server was calm again; null where that is later than the log tells
 * @param calmAt when it is calm, if nothing more happens
 * @param downs DOWNs of it, those that led to it included, on the node that saw the most
 * @param explain what {@code risefall explain} is asked, in the zone of the report, for its lines; null for several nodes
 */
public record FlappingEpisode(
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
    public static final SectionKey<FlappingEpisode> SECTION = new SectionKey<>("flapping");

    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }
}
