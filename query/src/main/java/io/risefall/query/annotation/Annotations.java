package io.risefall.query.annotation;

import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in a range of time: incidents, maintenance, notes, and starts, stops and reloads of processes. */
public final class Annotations {
    /** A graph with more marks shows nothing else. */
    static final int MOST = 1000;

    private static final SqlQuery HAPPENED = new SqlQuery("annotation/annotations.sql");

    private Annotations() {}

    /**
     * The latest first, {@value #MOST} at most.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param to the end, which does not belong to it
     * @param tags only what has one of them; null: all
     */
    public static List<Annotation> of(Connection views, Instant from, Instant to, @Nullable List<String> tags)
            throws SQLException {
        return HAPPENED.query(views, Annotation::of, from, to, tags, MOST);
    }
}
