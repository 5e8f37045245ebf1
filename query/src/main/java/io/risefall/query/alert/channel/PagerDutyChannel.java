package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.alert.secret.SecretSource;
import io.risefall.query.text.Shortened;
import java.util.Map;

/** PagerDuty, by Events API v2. One alert is one incident there: the key is the alert's, so repeats change nothing. */
final class PagerDutyChannel implements Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENTS = "https://events.pagerduty.com/v2/enqueue";
    private static final int LONGEST_SUMMARY = 1024;

    private final HttpTarget target;
    private final SecretSource routingKey;

    PagerDutyChannel(ChannelSettings settings) {
        target = HttpTarget.plain(settings, EVENTS);
        routingKey = settings.requiredSecret("routing-key");
    }

    @Override
    public String target() {
        return "PagerDuty " + target.shown() + ", routing key in " + routingKey;
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        if (!(outgoing instanceof AlertNotice notice)) {
            throw new DeliveryException("PagerDuty takes alerts only: send documents by mail");
        }
        return target.post(outgoing.deliveryId(), json(notice, ChannelSecrets.read(routingKey)), Map.of());
    }

    static ObjectNode json(AlertNotice notice, String routingKey) {
        AlertMessage message = notice.message();
        ObjectNode json = JSON.createObjectNode();
        json.put("routing_key", routingKey);
        json.put("event_action", message.isOver() ? "resolve" : "trigger");
        json.put("dedup_key", message.alertId());
        if (NoticeWords.isAbsolute(notice)) {
            json.put("client", "Risefall");
            json.put("client_url", notice.link());
            json.putArray("links").addObject().put("href", notice.link()).put("text", "Open in Risefall");
        }
        ObjectNode payload = json.putObject("payload");
        payload.put("summary", Shortened.to(NoticeWords.subject(notice), LONGEST_SUMMARY));
        payload.put(
                "source",
                message.nodes().isEmpty() ? "risefall" : Shortened.to(String.join(", ", message.nodes()), 200));
        payload.put("severity", severity(notice));
        payload.put("timestamp", message.startedAt().toString());
        payload.put("component", "haproxy");
        payload.put("class", message.problem().word());
        ObjectNode details = payload.putObject("custom_details");
        details.put("delivery_id", notice.deliveryId());
        details.put("text", String.join("\n", NoticeWords.body(notice)));
        return json;
    }

    private static String severity(AlertNotice notice) {
        if (notice.test()) {
            return "info";
        }
        return notice.message().severity() == AlertSeverity.CRITICAL ? "critical" : "warning";
    }
}
