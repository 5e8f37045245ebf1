package io.risefall.query.alert.channel;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any program that takes JSON over HTTP; its form is {@code webhook.v1.json}. */
final class WebhookChannel implements Channel {
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+): ?([\\x20-\\x7e]*)");
    /** Set by a login, or by HTTP itself. */
    private static final Set<String> REFUSED =
            Set.of("authorization", "cookie", "x-api-key", "host", "content-length", "content-type", "connection");

    private final HttpTarget target;
    private final Login login;
    private final Map<String, String> headers = new LinkedHashMap<>();

    WebhookChannel(ChannelSettings settings) {
        target = HttpTarget.plainOrSecret(settings);
        login = Login.of(settings);
        for (String header : settings.list("header")) {
            Matcher parts = HEADER.matcher(header);
            if (!parts.matches()) {
                throw new SettingException("header", "header must be \"Name: value\", such as \"X-Team: web\"");
            }
            if (REFUSED.contains(parts.group(1).toLowerCase(Locale.ROOT))) {
                throw new SettingException(
                        "header",
                        "header " + parts.group(1) + " cannot be set; for a secret use token-file, or user with"
                                + " password-file");
            }
            headers.put(parts.group(1), parts.group(2));
        }
    }

    @Override
    public String target() {
        return target.shown();
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(login.headers());
        return target.post(outgoing.deliveryId(), WebhookJson.of(outgoing), all);
    }
}
