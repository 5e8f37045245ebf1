package io.risefall.query.alert.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what.
 *
 * @param channels their names
 * @param goesOn whether the routes after it are looked at too
 * @param quiet null: none
 */
public record AlertRoute(
        String name,
        RouteMatch match,
        List<String> channels,
        boolean goesOn,
        @Nullable QuietHours quiet) {
    public AlertRoute {
        channels = List.copyOf(channels);
    }
}
