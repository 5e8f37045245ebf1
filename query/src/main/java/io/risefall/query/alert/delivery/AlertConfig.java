package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.route.AlertRoute;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as they are configured. No secret is in it, only where secrets are.
 *
 * @param publicUrl where the web page is, for links; without a slash at the end. Null: not known
 * @param giveUpAfter how long a message is tried
 */
public record AlertConfig(
        AlertSettings settings,
        @Nullable String publicUrl,
        Duration giveUpAfter,
        List<ChannelSettings> channels,
        List<AlertRoute> routes) {
    public static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

    /** Nobody is told. */
    public static final AlertConfig NONE =
            new AlertConfig(AlertSettings.DEFAULTS, null, GIVE_UP_AFTER, List.of(), List.of());

    public AlertConfig {
        channels = List.copyOf(channels);
        routes = List.copyOf(routes);
    }

    /** What receivers get of a path at the web page. */
    String link(String path) {
        return publicUrl == null ? path : publicUrl + path;
    }
}
