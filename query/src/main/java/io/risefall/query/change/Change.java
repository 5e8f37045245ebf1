package io.risefall.query.change;

import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was done: a row of the view {@code changes}, whose columns say what its parts are. */
public record Change(
        Instant at,
        @Nullable String node,
        String kind,
        @Nullable String subject,
        String what,
        @Nullable String proxy,
        @Nullable String server,
        @Nullable Long pid,
        @Nullable String source,
        @Nullable Long position) {
    /** A kind as a person reads it: {@code maintenance end}. */
    static String words(String kind) {
        return kind.replace('-', ' ');
    }

    /** {@code 8 min before: reload: process 101 was first heard of, after process 100 (lb1)}. */
    public String before(Instant moment) {
        return Durations.text(Duration.between(at, moment).toMillis()) + " before: " + words(kind) + ": "
                + (subject == null ? "" : subject + (kind.equals("note") ? ": " : " ")) + what
                + (node == null ? "" : " (" + node + ")");
    }

    /**
     * Whether it was done {@link Changes#SHORTLY} before a server went DOWN, to its backend or its node, and was not itself what made it go
     * DOWN.
     */
    public boolean isBefore(@Nullable String ofNode, String ofProxy, String ofServer, Instant down) {
        boolean itself =
                (kind.equals("forced") || kind.equals("server-state")) && at.equals(down) && ofServer.equals(server);
        return !at.isAfter(down)
                && !at.plus(Changes.SHORTLY).isBefore(down)
                && (node == null || node.equals(ofNode))
                && (proxy == null || proxy.equals(ofProxy))
                && !itself;
    }

    static Change of(SqlQuery.Row row) throws SQLException {
        return new Change(
                row.at("at_us"),
                row.textOrNull("node"),
                row.text("kind"),
                row.textOrNull("subject"),
                row.text("what"),
                row.textOrNull("proxy"),
                row.textOrNull("server"),
                row.numberOrNull("pid"),
                row.textOrNull("source"),
                row.numberOrNull("position"));
    }
}
