package io.risefall.query.alert.route;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * To whom a message goes.
 *
 * @param route null: by none
 * @param channel null: to nobody
 * @param state what is to be done with it
 * @param why in a few words, where it is not sent at once
 * @param due when something is to be done; null: never
 */
public record Decision(
        @Nullable String route,
        @Nullable String channel,
        NotificationState state,
        @Nullable String why,
        @Nullable Instant due) {}
