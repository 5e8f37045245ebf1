package io.risefall.query.alert.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.text.PrettyJson;
import java.util.Base64;
import java.util.Locale;

/** What programs get, webhooks and commands: version 1, to which fields are only added. Text of the log is as in the log. */
final class WebhookJson {
    static final String VERSION = "risefall.webhook.v1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookJson() {}

    static ObjectNode of(Outgoing outgoing) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("delivery_id", outgoing.deliveryId());
        if (outgoing instanceof AlertNotice notice) {
            json.put("type", "alert");
            json.put("test", notice.test());
            json.put("link", notice.link());
            json.set("alert", alert(notice));
        } else if (outgoing instanceof DocumentNotice document) {
            json.put("type", "document");
            json.put("test", false);
            if (document.link() != null) {
                json.put("link", document.link());
            }
            json.set("document", document(document));
        }
        return json;
    }

    private static ObjectNode alert(AlertNotice notice) {
        try {
            ObjectNode alert = (ObjectNode) JSON.readTree(PrettyJson.of(notice.message()));
            // Its own is a path; the absolute one stands beside it.
            alert.remove("link");
            for (String word : new String[] {"transition", "problem", "severity"}) {
                alert.put(word, alert.get(word).textValue().toLowerCase(Locale.ROOT));
            }
            alert.get("servers")
                    .forEach(server -> ((ObjectNode) server)
                            .put("state", server.get("state").textValue().toLowerCase(Locale.ROOT)));
            return alert;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    private static ObjectNode document(DocumentNotice document) {
        ObjectNode json = JSON.createObjectNode();
        json.put("subject", document.subject());
        json.put("text", document.text());
        json.put("html", document.html());
        ArrayNode attachments = json.putArray("attachments");
        document.attachments()
                .forEach(attachment -> attachments
                        .addObject()
                        .put("name", attachment.name())
                        .put("content_type", attachment.contentType())
                        .put("content_base64", Base64.getEncoder().encodeToString(attachment.content())));
        return json;
    }
}
