package io.risefall.query.page.timeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The role backends as they were at most a minute ago: to find them costs as much as all else of a timeline, and a backend seldom
 * becomes one. Any number of threads may ask.
 */
final class LatestRoles {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private @Nullable RoleList latest;
    private Instant readAt = Instant.MIN;

    synchronized RoleList get(Connection views, Instant now) throws SQLException {
        if (latest == null || now.isAfter(readAt.plus(FRESH))) {
            latest = RoleList.read(views);
            readAt = now;
        }
        return latest;
    }
}
