package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.AlertNotice;
import io.risefall.query.alert.channel.DocumentNotice;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.route.Decision;
import io.risefall.query.alert.route.NotificationState;
import io.risefall.query.alert.route.Routing;
import io.risefall.query.alert.route.Silencing;
import io.risefall.query.text.Counts;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides of what is new, of what was silenced, and of what quiet hours kept back. Each in a transaction of its own. */
final class Dispatch {
    private static final String CLOSED = "closed";

    private final NotificationStore store;
    private final AlertConfig config;
    private final OpenChannels channels;
    private final Routing routing;

    Dispatch(NotificationStore store, AlertConfig config, OpenChannels channels) {
        this.store = store;
        this.config = config;
        this.channels = channels;
        routing = new Routing(config.routes(), channels.programs());
    }

    void step(Instant now) throws SQLException {
        List<StoredMessage> messages = store.newMessages();
        List<StoredMessage> silenced = store.silenced();
        if (!messages.isEmpty() || !silenced.isEmpty()) {
            Silencing silences = Silencing.read(store.connection(), now);
            for (StoredMessage message : messages) {
                store.inTransaction(() -> {
                    route(message, silences, now);
                    store.deleteMessage(message);
                });
            }
            // What is new may have ended some of them.
            for (StoredMessage message : messages.isEmpty() ? silenced : store.silenced()) {
                if (silences.of(OutgoingJson.message(message.message())).isEmpty()) {
                    store.inTransaction(() -> {
                        store.endSilence(message.alertId());
                        route(message, Silencing.NONE, now);
                    });
                }
            }
        }
        List<HeldNotification> held = store.held(now);
        if (!held.isEmpty()) {
            store.inTransaction(() -> release(held, now));
        }
    }

    private void route(StoredMessage stored, Silencing silences, Instant now) throws SQLException {
        AlertMessage message = OutgoingJson.message(stored.message());
        String outgoing = OutgoingJson.of(new AlertNotice(message, config.link(message.link()), false));
        for (Decision decision : routing.decide(message, store.told(message.alertId()), silences, now)) {
            if (decision.channel() != null) {
                store.insert(
                        stored,
                        decision,
                        channels.kind(decision.channel()),
                        channels.target(decision.channel()),
                        outgoing);
            } else {
                boolean later = decision.state() == NotificationState.SILENCED;
                store.insert(stored, decision, null, null, later ? stored.message() : null);
            }
        }
        if (message.isOver()) {
            store.endSilence(message.alertId());
        }
    }

    private void release(List<HeldNotification> held, Instant now) throws SQLException {
        Map<String, Map<String, List<HeldNotification>>> byChannel = new LinkedHashMap<>();
        held.forEach(row -> byChannel
                .computeIfAbsent(row.channel(), any -> new LinkedHashMap<>())
                .computeIfAbsent(row.alertId(), any -> new ArrayList<>())
                .add(row));
        for (Map.Entry<String, Map<String, List<HeldNotification>>> channel : byChannel.entrySet()) {
            List<HeldNotification> left = new ArrayList<>();
            for (List<HeldNotification> alert : channel.getValue().values()) {
                HeldNotification last = alert.get(alert.size() - 1);
                boolean over = last.transition().equals(CLOSED) && !last.told();
                for (HeldNotification row : alert) {
                    if (over || row != last) {
                        store.finish(
                                row.deliveryId(),
                                row.channel(),
                                NotificationState.FOLDED,
                                over ? "over before the quiet hours ended" : "a later message says it too");
                    }
                }
                if (!over) {
                    left.add(last);
                }
            }
            tell(channel.getKey(), left, now);
        }
    }

    private void tell(String channel, List<HeldNotification> left, Instant now) throws SQLException {
        if (left.size() > 1 && channels.isForPeople(channel)) {
            summarise(channel, left, now);
            return;
        }
        for (HeldNotification row : left) {
            store.release(row.deliveryId(), channel, now);
        }
    }

    private void summarise(String channel, List<HeldNotification> left, Instant now) throws SQLException {
        String id = "summary-" + channel + "-" + now.getEpochSecond();
        String subject = Counts.plural(left.size(), "alert") + " of the quiet hours";
        StringBuilder text = new StringBuilder();
        for (HeldNotification row : left) {
            text.append(row.transition().equals(CLOSED) ? "over: " : "")
                    .append(row.title().replaceAll("\\R", " "))
                    .append(" (alert ")
                    .append(row.alertId())
                    .append(")\n");
            store.finish(row.deliveryId(), channel, NotificationState.SUMMARISED, "told in " + id);
        }
        StoredMessage document = new StoredMessage(id, 0, now, "document", subject, "");
        store.insert(
                document,
                new Decision(left.get(0).route(), channel, NotificationState.DUE, null, now),
                channels.kind(channel),
                channels.target(channel),
                OutgoingJson.of(new DocumentNotice(id, subject, text.toString(), "", List.of(), null)));
    }
}
