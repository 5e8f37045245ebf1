package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.text.Shortened;
import java.util.Map;

/** Slack, by an incoming webhook. All text is plain text: nothing in it is a link or calls anybody. */
final class SlackChannel implements Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] COLOURS = {"#c0392b", "#e67e22", "#27ae60"};
    /** Slack's limits. */
    private static final int LONGEST_HEADER = 150;

    private static final int LONGEST_SECTION = 3000;

    private final HttpTarget target;

    SlackChannel(ChannelSettings settings) {
        target = HttpTarget.secret(settings);
    }

    @Override
    public String target() {
        return "Slack, " + target.shown();
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        return target.post(outgoing.deliveryId(), json(outgoing), Map.of());
    }

    static ObjectNode json(Outgoing outgoing) {
        ObjectNode json = JSON.createObjectNode();
        // Notifications show this one; only here Slack knows marks, and these signs begin all of them.
        json.put(
                "text",
                NoticeWords.subject(outgoing)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;"));
        json.put("mrkdwn", false);
        ObjectNode attachment = json.putArray("attachments").addObject();
        if (outgoing instanceof AlertNotice notice) {
            attachment.put("color", COLOURS[NoticeWords.urgency(notice)]);
        }
        ArrayNode blocks = attachment.putArray("blocks");
        text(blocks.addObject().put("type", "header"), NoticeWords.subject(outgoing), LONGEST_HEADER);
        text(blocks.addObject().put("type", "section"), String.join("\n", NoticeWords.body(outgoing)), LONGEST_SECTION);
        return json;
    }

    private static void text(ObjectNode block, String text, int most) {
        block.putObject("text").put("type", "plain_text").put("emoji", false).put("text", Shortened.to(text, most));
    }
}
