package io.risefall.query.change;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.model.SectionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done shortly before outages: a fact, not their cause. Its first parts are those of the view {@code changes}.
 *
 * @param firstDownAt when the first of the outages began
 * @param outages how many began shortly after it
 * @param servers whose, {@code PROXY/SERVER}, the first to go DOWN first; no more than three
 */
@JsonPropertyOrder({"at", "node", "kind", "subject", "what", "first_down_at", "outages", "servers"})
public record ChangeBefore(
        Instant at,
        @Nullable String node,
        String kind,
        @Nullable String subject,
        String what,
        Instant firstDownAt,
        long outages,
        List<String> servers) {
    public static final SectionKey<ChangeBefore> SECTION = new SectionKey<>("changes_before");

    public ChangeBefore {
        servers = List.copyOf(servers);
    }

    /** {@code reload: process 101}. */
    public String words() {
        return Change.words(kind) + (subject == null ? "" : ": " + subject);
    }

    /** {@code web/srv1, web/srv2 and others}. */
    public String downs() {
        return String.join(", ", servers) + (outages > servers.size() ? " and others" : "");
    }

    /** How long before; 0 where one node saw the outage before it was done on another. */
    public long beforeMs() {
        return Math.max(0, Duration.between(at, firstDownAt).toMillis());
    }
}
