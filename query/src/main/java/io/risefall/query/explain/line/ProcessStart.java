package io.risefall.query.explain.line;

import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.LocalTimes;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The first sign of life of a HAProxy process.
 *
 * @param pid its pid
 * @param at when it was first heard
 * @param line its first line, if that is a health line; null for one of traffic, of which only the time is kept
 */
public record ProcessStart(long pid, Instant at, @Nullable EventRow line) {
    static ProcessStart read(SqlQuery.Row row) throws SQLException {
        return new ProcessStart(row.number("pid"), row.at("begun_us"), row.flag("is_line") ? EventRow.read(row) : null);
    }

    /** What is told where there is no line to show. */
    public String inWords(ZoneId zone) {
        return "a new process (pid " + pid + ") logged its first line at " + LocalTimes.exact(at, zone)
                + ", a traffic line, which is not kept: a reload";
    }
}
