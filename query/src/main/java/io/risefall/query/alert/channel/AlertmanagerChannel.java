package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.text.Printable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Prometheus' Alertmanager, by its API v2. Its fingerprint of an alert is that of the labels, which stay the same from the first
 * to the last message; it forgets an alert that is not sent again before {@code endsAt}.
 */
final class AlertmanagerChannel implements Channel {
    /** Longer than Risefall is usually away: else each upgrade would resolve all alerts. */
    static final Duration EXPIRY = Duration.ofHours(4);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v2/alerts";

    private final HttpTarget target;
    private final Login login;
    private final Clock clock;

    AlertmanagerChannel(ChannelSettings settings, Clock clock) {
        String url = settings.text("url");
        if (url != null && !url.endsWith(PATH)) {
            throw new SettingException("url", "url must end with " + PATH);
        }
        target = HttpTarget.plain(settings, null);
        login = Login.of(settings);
        this.clock = clock;
    }

    @Override
    public String target() {
        return "Alertmanager " + target.shown();
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        if (!(outgoing instanceof AlertNotice notice)) {
            throw new DeliveryException("Alertmanager takes alerts only: send documents by mail");
        }
        return target.post(outgoing.deliveryId(), json(notice, clock.instant()), login.headers());
    }

    static ArrayNode json(AlertNotice notice, Instant now) {
        AlertMessage message = notice.message();
        ArrayNode alerts = JSON.createArrayNode();
        ObjectNode alert = alerts.addObject();
        ObjectNode labels = alert.putObject("labels");
        labels.put("alertname", "Risefall");
        labels.put("alert_id", message.alertId());
        ObjectNode annotations = alert.putObject("annotations");
        annotations.put("summary", Printable.of(message.title()));
        annotations.put("description", String.join("\n", NoticeWords.body(notice)));
        annotations.put("severity", message.severity().name().toLowerCase(Locale.ROOT));
        annotations.put("problem", message.problem().word());
        annotations.put("delivery_id", notice.deliveryId());
        alert.put("startsAt", message.startedAt().toString());
        Instant ended = message.endedAt() == null ? message.at() : message.endedAt();
        // It refuses an end before the start, as the clocks of two nodes may have it.
        Instant end = ended.isBefore(message.startedAt()) ? message.startedAt() : ended;
        alert.put("endsAt", (message.isOver() ? end : now.plus(EXPIRY)).toString());
        if (NoticeWords.isAbsolute(notice)) {
            alert.put("generatorURL", notice.link());
        }
        return alerts;
    }
}
