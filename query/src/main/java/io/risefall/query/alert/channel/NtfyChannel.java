package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.alert.secret.SecretSource;
import io.risefall.query.text.Shortened;
import org.jspecify.annotations.Nullable;

/** ntfy, of ntfy.sh or an own server. Who knows a topic can read and write it, so it may be a secret. */
final class NtfyChannel implements Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVER = "https://ntfy.sh/";
    private static final int[] PRIORITIES = {5, 4, 3};
    private static final String[] TAGS = {"rotating_light", "warning", "white_check_mark"};
    private static final int USUAL = 3;
    /** ntfy makes a file of what is longer than 4096 bytes; a character may have three. */
    private static final int LONGEST_TEXT = 1300;

    private final HttpTarget target;
    private final @Nullable String topic;
    private final @Nullable SecretSource secretTopic;
    private final Login login;

    NtfyChannel(ChannelSettings settings) {
        target = HttpTarget.plain(settings, SERVER);
        topic = settings.text("topic");
        secretTopic = settings.secret("topic");
        if ((topic == null) == (secretTopic == null)) {
            throw new SettingException(
                    topic == null ? null : "topic", "an ntfy channel needs topic, topic-file or topic-env");
        }
        login = new Login(settings.secret("token"), null, null);
    }

    @Override
    public String target() {
        return "ntfy " + target.shown() + ", topic " + (topic == null ? "in " + secretTopic : topic);
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        String name = secretTopic == null ? String.valueOf(topic) : ChannelSecrets.read(secretTopic);
        return target.post(outgoing.deliveryId(), json(outgoing, name), login.headers());
    }

    static ObjectNode json(Outgoing outgoing, String topic) {
        ObjectNode json = JSON.createObjectNode();
        json.put("topic", topic);
        json.put("title", NoticeWords.subject(outgoing));
        json.put("message", Shortened.to(String.join("\n", NoticeWords.body(outgoing)), LONGEST_TEXT));
        if (outgoing instanceof AlertNotice notice) {
            json.put("priority", PRIORITIES[NoticeWords.urgency(notice)]);
            json.putArray("tags").add(TAGS[NoticeWords.urgency(notice)]);
            if (NoticeWords.isAbsolute(notice)) {
                json.put("click", notice.link());
            }
        } else {
            json.put("priority", USUAL);
        }
        return json;
    }
}
