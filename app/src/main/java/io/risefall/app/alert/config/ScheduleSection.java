package io.risefall.app.alert.config;

import io.risefall.app.options.ConfigNode;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.schedule.ScheduledReport;
import io.risefall.query.text.Nearest;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The section {@code schedule}: which reports are sent, when, and to which channels and directories. */
final class ScheduleSection {
    private static final Set<String> KEYS = Set.of("report", "at", "backend", "to");
    private static final String EXAMPLE =
            "report: day, at: \"06:00 Europe/Berlin\" and to: [a channel, folder:/a/directory]";

    private final Map<String, ChannelSettings> channels;
    private final ZoneId own;
    private final Set<String> seen = new HashSet<>();

    private ScheduleSection(List<ChannelSettings> channels, ZoneId own) {
        this.channels = channels.stream().collect(Collectors.toMap(ChannelSettings::name, one -> one));
        this.own = own;
    }

    /** @param own the zone of reports that name none */
    static List<ScheduledReport> read(ConfigNode section, List<ChannelSettings> channels, ZoneId own) {
        ScheduleSection reader = new ScheduleSection(channels, own);
        List<ScheduledReport> schedule = new ArrayList<>();
        for (ConfigNode node : section.listOf("schedule")) {
            schedule.add(reader.report(node));
        }
        return schedule;
    }

    private ScheduledReport report(ConfigNode node) {
        Map<String, ConfigNode> keys = node.keysOf("a report of the schedule");
        keys.forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                throw value.wrong("unknown key " + key + " of schedule" + Nearest.hint(key, KEYS));
            }
        });
        ConfigNode unit = keys.get("report");
        ConfigNode at = keys.get("at");
        ConfigNode to = keys.get("to");
        if (unit == null || at == null || to == null) {
            throw node.wrong("a report of the schedule needs " + EXAMPLE);
        }
        ConfigNode backend = keys.get("backend");
        List<String> receivers = to.textsOf("to");
        try {
            ScheduledReport report = ScheduledReport.of(
                    unit.textOf("report"),
                    at.textOf("at"),
                    backend == null ? null : backend.textOf("backend"),
                    receivers,
                    own);
            receivers.forEach(receiver -> check(to, report, receiver));
            return report;
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            throw keys.getOrDefault(why.substring(0, Math.max(0, why.indexOf(':'))), node)
                    .wrong(why);
        }
    }

    private void check(ConfigNode to, ScheduledReport report, String receiver) {
        boolean folder = receiver.startsWith(AlertConfig.FOLDER);
        if (folder) {
            folder(to, receiver.substring(AlertConfig.FOLDER.length()));
        } else {
            channel(to, receiver);
        }
        // The names of files have no zone.
        String once = folder ? report.unit().word() + " " + report.backend() : report.key();
        if (!seen.add(receiver + "\n" + once)) {
            throw to.wrong(receiver + " gets the report of each "
                    + report.unit().word() + " twice" + (folder ? ": give the other one its own directory" : ""));
        }
    }

    private static void folder(ConfigNode to, String path) {
        if (!Path.of(path).isAbsolute()) {
            throw to.wrong(
                    "folder: needs the whole path of a directory, such as folder:/srv/reports, and has '" + path + "'");
        }
    }

    private void channel(ConfigNode to, String name) {
        ChannelSettings channel = channels.get(name);
        if (channel != null) {
            if (!channel.kind().takesDocuments()) {
                throw to.wrong("channel " + name + " (" + channel.kind().word()
                        + ") takes alerts only, no reports: send them by mail, webhook, chat or folder:/a/directory");
            }
            return;
        }
        int colon = name.indexOf(':');
        throw to.wrong(
                colon < 0
                        ? "there is no channel " + name + Nearest.hint(name, channels.keySet())
                        : "'" + name
                                + "' is neither folder:/a/directory nor the name of a channel: describe the receiver"
                                + " once below channels, and name it here, without "
                                + name.substring(0, colon + 1));
    }
}
