package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.text.Shortened;
import java.util.Map;

/**
 * Slack, by an incoming webhook. All text from the log is plain text: nothing in it is a link or calls anybody. Slack shows the text
 * above the attachment, so that says the rest.
 */
final class SlackChannel implements Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] COLOURS = {"#c0392b", "#e67e22", "#27ae60"};
    /** Slack's limit. */
    private static final int LONGEST_SECTION = 3000;

    private static final String FENCE = "```";

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
        json.put("text", escaped(NoticeWords.subject(outgoing)));
        json.put("mrkdwn", false);
        ObjectNode attachment = json.putArray("attachments").addObject();
        if (outgoing instanceof AlertNotice notice) {
            attachment.put("color", COLOURS[NoticeWords.urgency(notice)]);
        }
        ArrayNode blocks = attachment.putArray("blocks");
        String body = String.join("\n", NoticeWords.body(outgoing));
        if (outgoing instanceof AlertNotice) {
            text(blocks, "plain_text", Shortened.to(body, LONGEST_SECTION)).put("emoji", false);
        } else {
            text(blocks, "mrkdwn", code(body)).put("verbatim", true);
        }
        if (outgoing instanceof AlertNotice notice && NoticeWords.isAbsolute(notice)) {
            // Of plain text Slack makes no links.
            String link = escaped(notice.link().replace("|", "%7C"));
            text(blocks, "mrkdwn", "<" + link + "|Open in Risefall>").put("verbatim", true);
        }
        return json;
    }

    private static ObjectNode text(ArrayNode blocks, String type, String text) {
        return blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", type)
                .put("text", text);
    }

    /**
     * Text in whose tables the columns stand below each other. The signs that would end it are replaced by others of their look, and
     * what is left of a mark that was cut is left out.
     */
    private static String code(String text) {
        String shown = Shortened.to(escaped(text.replace('`', '\u02cb')), LONGEST_SECTION - 2 * FENCE.length() - 2);
        return FENCE + "\n" + shown.replaceAll("&[a-z]*…$", "…") + "\n" + FENCE;
    }

    /** All of Slack's marks that are a link or call somebody begin with one of these. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
