package io.risefall.query.page.ingest;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.util.Map;

/**
 * What a listener did not take, or whom it stopped, for one reason.
 *
 * @param reason in ingest's words
 * @param lost whether something that had come is lost
 */
public record Refused(String source, String reason, long times, boolean lost) {
    /** What can be done, by what the reason says; where it says it itself, or nothing can, there is none. */
    private static final Map<String, String> ADVICE = Map.of(
            "by the kernel",
            "Raise net.core.rmem_max, or let senders use TCP or RELP, which wait instead.",
            "sender is not allowed",
            "If it should send, add its network to --allow.",
            "journal was full",
            "Give it more room with --journal-size, and see why Kafka was away or slow.",
            "journal could not be written",
            "Look at the disk of the data directory; the log of ingest has the error.",
            "damaged in the journal",
            "Look at the disk of the data directory: what was written there is not what is read.",
            "messages longer than",
            "Let HAProxy print shorter lines (len), or take the longer ones out of this log.",
            "no PROXY protocol header",
            "Send with send-proxy-v2, or listen without --proxy-protocol.",
            "HAProxy's ring was full",
            "Raise size in that section ring of HAProxy's configuration: it holds what comes while Risefall is away.",
            "are open",
            "Look for senders that open connections and do not close them.");

    static Refused of(SqlQuery.Row row) throws SQLException {
        return new Refused(row.text("source"), row.text("reason"), row.number("times"), row.flag("lost"));
    }

    /** What can be done; empty: nothing but what the reason says. */
    public String advice() {
        return ADVICE.entrySet().stream()
                .filter(known -> reason.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
