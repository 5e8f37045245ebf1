package io.risefall.app.alert.config;

import io.risefall.app.terminal.Terminal;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.channel.Channels;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.alert.secret.SecretSource;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.time.Clock;

/** What a configuration means for alerts, for who checks it. */
public final class AlertText {
    private AlertText() {}

    /**
     * Prints channels and routes, and looks for their secrets.
     *
     * @return how many secrets cannot be read
     */
    public static int print(AlertConfig config, Terminal terminal) {
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
        return unreadable;
    }
}
