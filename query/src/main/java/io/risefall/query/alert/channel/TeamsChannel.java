package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Microsoft Teams, by a workflow with the trigger "when a Teams webhook request is received": an Adaptive Card. */
final class TeamsChannel implements Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] COLOURS = {"attention", "warning", "good"};
    /** A message to Teams has 28 KB, all of its JSON. This is what the lines of text may have of it. */
    private static final int LARGEST_TEXT = 24_000;

    /** Without the charset Teams counts two bytes for each character. */
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json; charset=utf-8");

    /** The webhooks of connectors answer 200 with these words where Teams refuses: after too many messages, say. */
    private static final String REFUSED = "returned HTTP error";

    private final HttpTarget target;

    TeamsChannel(ChannelSettings settings) {
        target = HttpTarget.secret(settings);
    }

    @Override
    public String target() {
        return "Microsoft Teams, " + target.shown();
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        String answer = target.post(outgoing.deliveryId(), json(outgoing), HEADERS);
        if (answer.contains(REFUSED)) {
            throw new DeliveryException("Teams has not taken it: " + answer);
        }
        return answer;
    }

    static ObjectNode json(Outgoing outgoing) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "message");
        ObjectNode attachment = json.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.putObject("msteams").put("width", "Full");
        ArrayNode body = card.putArray("body");
        String colour = outgoing instanceof AlertNotice notice ? COLOURS[NoticeWords.urgency(notice)] : "default";
        run(body, NoticeWords.subject(outgoing)).put("weight", "bolder").put("color", colour);
        int size = 0;
        for (String line : NoticeWords.body(outgoing)) {
            ObjectNode run = run(body, line);
            if (outgoing instanceof DocumentNotice) {
                // Its tables.
                run.put("fontType", "monospace");
            }
            size += body.get(body.size() - 1).toString().getBytes(StandardCharsets.UTF_8).length;
            if (size > LARGEST_TEXT) {
                run.put("text", "…");
                break;
            }
        }
        if (outgoing instanceof AlertNotice notice && NoticeWords.isAbsolute(notice)) {
            card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Open in Risefall")
                    .put("url", notice.link());
        }
        return json;
    }

    /** A run of text, in which Markdown means nothing. */
    private static ObjectNode run(ArrayNode body, String text) {
        return body.addObject()
                .put("type", "RichTextBlock")
                .putArray("inlines")
                .addObject()
                .put("type", "TextRun")
                .put("text", text);
    }
}
