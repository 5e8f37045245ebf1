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
 * @param folders directories for reports; as channels they are named {@value #FOLDER} and their path
 */
public record AlertConfig(
        AlertSettings settings,
        @Nullable String publicUrl,
        Duration giveUpAfter,
        List<ChannelSettings> channels,
        List<AlertRoute> routes,
        List<String> folders) {
    /** What stands before the path of a directory, where it stands for a channel. */
    public static final String FOLDER = "folder:";

    public static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

    /** Nobody is told. */
    public static final AlertConfig NONE =
            new AlertConfig(AlertSettings.DEFAULTS, null, GIVE_UP_AFTER, List.of(), List.of(), List.of());

    public AlertConfig {
        channels = List.copyOf(channels);
        routes = List.copyOf(routes);
        folders = List.copyOf(folders);
    }

    /** These, and directories for reports. */
    public AlertConfig withFolders(List<String> more) {
        return new AlertConfig(settings, publicUrl, giveUpAfter, channels, routes, more);
    }

    /** What receivers get of a path at the web page. */
    String link(String path) {
        return publicUrl == null ? path : publicUrl + path;
    }
}
