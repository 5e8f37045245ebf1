package io.risefall.app.alert.config;

import io.risefall.app.options.ConfigNode;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.route.AlertRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sections {@code alerts}, {@code channels} and {@code routes} of the configuration file. */
public final class AlertSections {
    /** Their names. */
    public static final Set<String> NAMES = Set.of("alerts", "channels", "routes");

    private AlertSections() {}

    /** @throws io.risefall.app.process.CommandException with file and line */
    public static AlertConfig read(Map<String, ConfigNode> sections) {
        AlertKeys.Read alerts = AlertKeys.read(sections.get("alerts"));
        Map<String, ChannelSettings> channels = new LinkedHashMap<>();
        ConfigNode ofChannels = sections.get("channels");
        if (ofChannels != null) {
            ofChannels.keysOf("channels").forEach((name, node) -> channels.put(name, ChannelSection.read(name, node)));
        }
        ConfigNode ofRoutes = sections.get("routes");
        List<AlertRoute> routes = ofRoutes == null ? List.of() : RouteSection.read(ofRoutes, channels.keySet());
        return new AlertConfig(
                alerts.settings(), alerts.publicUrl(), alerts.giveUpAfter(), List.copyOf(channels.values()), routes);
    }
}
