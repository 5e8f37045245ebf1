package io.risefall.app.alert.config;

import io.risefall.app.terminal.Terminal;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.channel.Channels;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.alert.secret.SecretSource;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.schedule.ScheduledReport;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** What a configuration means for alerts and reports, for who checks it. */
public final class AlertText {
    private AlertText() {}

    /**
     * Prints channels, routes and the schedule, and looks for secrets and directories.
     *
     * @return how many secrets cannot be read, and directories not written
     */
    public static int print(NotificationConfig notifications, Terminal terminal) {
        AlertConfig config = notifications.alerts();
        int unreadable = 0;
        for (ChannelSettings channel : config.channels()) {
            String problem = "";
            for (SecretSource secret : channel.secrets()) {
                try {
                    secret.read();
                } catch (IOException e) {
                    problem += "; " + Printable.of(String.valueOf(e.getMessage()));
                    unreadable++;
                }
            }
            terminal.out()
                    .println("  channel " + channel.name() + " ("
                            + Channels.of(channel, Clock.systemUTC()).target() + ")" + problem);
        }
        for (AlertRoute route : config.routes()) {
            terminal.out()
                    .println("  route " + Printable.of(route.name()) + " to " + String.join(", ", route.channels())
                            + (route.quiet() == null ? "" : ", not in the quiet hours " + route.quiet())
                            + (route.goesOn() ? ", then the next route" : ""));
        }
        for (ScheduledReport report : notifications.schedule()) {
            terminal.out()
                    .println(Printable.of("  report of each "
                            + report.unit().word()
                            + (report.backend() == null ? "" : " about backend " + report.backend())
                            + ", sent when it is over, at "
                            + report.at() + " " + report.zone() + ", to " + String.join(", ", report.to())));
        }
        for (String folder : config.folders()) {
            String problem = problem(Path.of(folder));
            if (!problem.isEmpty()) {
                terminal.out().println("  " + AlertConfig.FOLDER + Printable.of(folder) + problem);
                unreadable += Files.exists(Path.of(folder)) ? 1 : 0;
            }
        }
        return unreadable;
    }

    /** A missing directory is no error: its disk may be mounted later. */
    private static String problem(Path folder) {
        if (!Files.exists(folder)) {
            return "; does not exist yet: Risefall does not make it, and tries until it is there";
        }
        if (!Files.isDirectory(folder)) {
            return "; is no directory";
        }
        return Files.isWritable(folder) ? "" : "; permission denied: the user of Risefall must be able to write there";
    }
}
