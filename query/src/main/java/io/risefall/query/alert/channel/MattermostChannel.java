package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.text.Shortened;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mattermost, by an incoming webhook. The text stands in an attachment, in which names call nobody, as code. */
final class MattermostChannel implements Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] COLOURS = {"#c0392b", "#e67e22", "#27ae60"};
    private static final int LONGEST_TEXT = 7000;

    private final HttpTarget target;
    private final @Nullable String channel;

    MattermostChannel(ChannelSettings settings) {
        target = HttpTarget.secret(settings);
        channel = settings.text("channel");
    }

    @Override
    public String target() {
        return "Mattermost" + (channel == null ? "" : " channel " + channel) + ", " + target.shown();
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        return target.post(outgoing.deliveryId(), json(outgoing, channel), Map.of());
    }

    static ObjectNode json(Outgoing outgoing, @Nullable String channel) {
        ObjectNode json = JSON.createObjectNode();
        if (channel != null) {
            json.put("channel", channel);
        }
        ObjectNode attachment = json.putArray("attachments").addObject();
        attachment.put("fallback", NoticeWords.subject(outgoing));
        if (outgoing instanceof AlertNotice notice) {
            attachment.put("color", COLOURS[NoticeWords.urgency(notice)]);
            if (NoticeWords.isAbsolute(notice)) {
                attachment.put("title", "Open in Risefall").put("title_link", notice.link());
            }
        }
        attachment.put(
                "text", code(NoticeWords.subject(outgoing) + "\n" + String.join("\n", NoticeWords.body(outgoing))));
        return json;
    }

    /** In a block of code nothing is Markdown; the signs that would end it are replaced by others of their look. */
    private static String code(String text) {
        return "```\n" + Shortened.to(text, LONGEST_TEXT).replace('`', '\u02cb') + "\n```";
    }
}
