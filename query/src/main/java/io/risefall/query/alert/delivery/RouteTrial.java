package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.AlertNotice;
import io.risefall.query.alert.channel.Channel;
import io.risefall.query.alert.channel.DeliveryException;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.text.Printable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends a message that says that it is a test to every channel of a route, once, whatever quiet hours and silences say. */
public final class RouteTrial {
    private RouteTrial() {}

    /**
     * What a channel made of it.
     *
     * @param answer what the receiver said; null: it did not acknowledge
     * @param error why not; null: it did
     */
    public record Outcome(
            String channel,
            String target,
            @Nullable String answer,
            @Nullable String error) {
        /** For who asked, in one printable line. */
        public String line() {
            return Printable.of(
                    channel + " (" + target + "): " + (error == null ? "taken: " + answer : "not taken: " + error));
        }
    }

    /** One outcome for each channel. A program that keeps alerts open gets the end of this one too. */
    public static List<Outcome> send(AlertConfig config, AlertRoute route, Clock clock) throws InterruptedException {
        OpenChannels channels = new OpenChannels(config, clock);
        String id = "test-" + UUID.randomUUID();
        Instant now = clock.instant();
        List<Outcome> outcomes = new ArrayList<>();
        for (String name : route.channels()) {
            Channel channel = channels.find(name).orElseThrow();
            try {
                String answer = channel.send(notice(config, route, id, now, AlertTransition.OPENED));
                if (!channels.isForPeople(name)) {
                    channel.send(notice(config, route, id, now, AlertTransition.CLOSED));
                }
                outcomes.add(new Outcome(name, channel.target(), answer, null));
            } catch (DeliveryException e) {
                outcomes.add(new Outcome(name, channel.target(), null, e.getMessage()));
            }
        }
        return outcomes;
    }

    private static AlertNotice notice(
            AlertConfig config, AlertRoute route, String id, Instant now, AlertTransition transition) {
        boolean over = transition == AlertTransition.CLOSED;
        AlertServer server = new AlertServer(
                "example",
                "server",
                List.of("node"),
                now,
                null,
                null,
                over ? AlertServer.State.OVER : AlertServer.State.DOWN);
        AlertMessage message = new AlertMessage(
                id,
                over ? 2 : 1,
                transition,
                AlertProblem.SERVERS_DOWN,
                AlertSeverity.WARNING,
                false,
                now,
                now,
                over ? now : null,
                "test of route " + route.name() + ": this is no alert",
                List.of(server),
                List.of(),
                List.of("node"),
                null,
                List.of(),
                null,
                null,
                null,
                List.of(),
                "/");
        return new AlertNotice(message, config.link("/"), true);
    }
}
