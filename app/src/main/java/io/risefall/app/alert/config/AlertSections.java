package io.risefall.app.alert.config;

import io.risefall.app.options.ConfigNode;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.schedule.ScheduledReport;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sections {@code alerts}, {@code channels}, {@code routes} and {@code schedule} of the configuration file. */
public final class AlertSections {
    private static final String SCHEDULE = "schedule";

    /** Their names. */
    public static final Set<String> NAMES = Set.of("alerts", "channels", "routes", SCHEDULE);

    private AlertSections() {}

    /**
     * All of them.
     *
     * @param zone of reports that name none
     * @throws io.risefall.app.process.CommandException with file and line
     */
    public static NotificationConfig read(Map<String, ConfigNode> sections, ZoneId zone) {
        AlertConfig alerts = alerts(sections);
        ConfigNode section = sections.get(SCHEDULE);
        List<ScheduledReport> schedule =
                section == null ? List.of() : ScheduleSection.read(section, alerts.channels(), zone);
        List<String> folders = schedule.stream()
                .flatMap(report -> report.to().stream())
                .filter(to -> to.startsWith(AlertConfig.FOLDER))
                .map(to -> to.substring(AlertConfig.FOLDER.length()))
                .distinct()
                .toList();
        return new NotificationConfig(alerts.withFolders(folders), schedule, false);
    }

    /**
     * Those about alerts.
     *
     * @throws io.risefall.app.process.CommandException with file and line
     */
    public static AlertConfig alerts(Map<String, ConfigNode> sections) {
        AlertKeys.Read alerts = AlertKeys.read(sections.get("alerts"));
        Map<String, ChannelSettings> channels = new LinkedHashMap<>();
        ConfigNode ofChannels = sections.get("channels");
        if (ofChannels != null) {
            ofChannels.keysOf("channels").forEach((name, node) -> channels.put(name, ChannelSection.read(name, node)));
        }
        ConfigNode ofRoutes = sections.get("routes");
        List<AlertRoute> routes = ofRoutes == null ? List.of() : RouteSection.read(ofRoutes, channels.keySet());
        return new AlertConfig(
                alerts.settings(),
                alerts.publicUrl(),
                alerts.giveUpAfter(),
                List.copyOf(channels.values()),
                routes,
                List.of());
    }
}
