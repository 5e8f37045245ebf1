package io.risefall.query.postmortem;

import io.risefall.query.change.Change;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one incident or outage: plain data. Fields are only added. Strings from the log are as in the log.
 *
 * @param format names this structure
 * @param what {@code incident} or {@code outage}
 * @param label what the outages have in common, or whose the outage is
 * @param startedAt when the first server went DOWN
 * @param endedAt when the last outage ended; null: one is open
 * @param outages in the order of their begin
 * @param timeline what happened, moment by moment, from ten minutes before
 * @param seen how each node saw the servers
 * @param capacity how many servers the backends had left
 * @param diagnosis the likely cause of the first outage; null: its lines are not enough
 * @param changesBefore what was done in the ten minutes before the first DOWN, the latest first: facts, not causes
 * @param openQuestions what the log does not answer
 */
public record Postmortem(
        String format,
        String sentence,
        String what,
        String id,
        String label,
        String zone,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<PastOutage> outages,
        List<Moment> timeline,
        List<Seen> seen,
        List<Capacity> capacity,
        @Nullable OutageDiagnosis diagnosis,
        List<Change> changesBefore,
        List<String> openQuestions) {
    static final String FORMAT = "risefall-postmortem/1";

    /**
     * One outage; its parts are those of the view {@code outages}.
     *
     * @param reached address, port and name when it began, as far as the view {@code names} has them; else null
     */
    public record PastOutage(
            String outageId,
            String node,
            String proxy,
            String server,
            @Nullable String reached,
            Instant startedAt,
            @Nullable Instant endedAt,
            long durationMs,
            @Nullable String endedBy,
            @Nullable String reason,
            @Nullable Integer code,
            @Nullable Instant firstFailureAt,
            @Nullable Long detectionMs,
            @Nullable Long recoveryMs,
            boolean certain,
            Instant until) {
        static PastOutage of(SqlQuery.Row row) throws SQLException {
            return new PastOutage(
                    row.text("outage_id"),
                    row.text("node"),
                    row.text("proxy"),
                    row.text("server"),
                    row.textOrNull("reached"),
                    row.at("started_us"),
                    row.atOrNull("ended_us"),
                    row.number("duration_ms"),
                    row.textOrNull("ended_by"),
                    row.textOrNull("reason"),
                    row.intOrNull("code"),
                    row.atOrNull("failed_us"),
                    row.numberOrNull("detection_ms"),
                    row.numberOrNull("recovery_ms"),
                    row.flag("certain"),
                    row.at("until_us"));
        }
    }

    /**
     * Something that happened.
     *
     * @param node the HAProxy host; null: a note about all
     * @param message the line, or what was done; null: it was inferred
     */
    public record Moment(
            Instant at,
            @Nullable String node,
            @Nullable String subject,
            String what,
            @Nullable String message) {
        static Moment of(SqlQuery.Row row) throws SQLException {
            return new Moment(
                    row.at("at_us"),
                    row.textOrNull("node"),
                    row.textOrNull("subject"),
                    row.text("what"),
                    row.textOrNull("message"));
        }
    }

    /**
     * How one node saw the servers.
     *
     * @param servers how many of them it knows
     * @param down how many it saw DOWN
     * @param unknown of how many it did not know the state for a while
     * @param maint how many it had in maintenance
     * @param firstDownAt null: none
     * @param lastDownAt null: none, or one still is
     */
    public record Seen(
            String node,
            long servers,
            long down,
            long unknown,
            long maint,
            @Nullable Instant firstDownAt,
            @Nullable Instant lastDownAt) {
        static Seen of(SqlQuery.Row row) throws SQLException {
            return new Seen(
                    row.text("node"),
                    row.number("servers"),
                    row.number("down"),
                    row.number("unknown"),
                    row.number("maint"),
                    row.atOrNull("first_us"),
                    row.atOrNull("last_us"));
        }
    }

    /** How many servers a backend had from a moment on: a row of the view {@code capacity}. */
    public record Capacity(
            String node,
            String proxy,
            Instant fromAt,
            long activeUp,
            long backupUp,
            long servers,
            long unknown,
            String level) {
        static Capacity of(SqlQuery.Row row) throws SQLException {
            return new Capacity(
                    row.text("node"),
                    row.text("proxy"),
                    row.at("from_us"),
                    row.number("active_up"),
                    row.number("backup_up"),
                    row.number("servers"),
                    row.number("unknown"),
                    row.text("level"));
        }
    }
}
