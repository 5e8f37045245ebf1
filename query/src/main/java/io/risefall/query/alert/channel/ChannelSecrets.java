package io.risefall.query.alert.channel;

import io.risefall.query.alert.secret.SecretSource;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ChannelSecrets as channels use them. */
final class ChannelSecrets {
    private ChannelSecrets() {}

    static String read(SecretSource secret) throws DeliveryException {
        try {
            return secret.read();
        } catch (IOException e) {
            throw new DeliveryException(reason(e), e);
        }
    }

    /** One line. */
    static String reason(IOException failure) {
        String message = failure.getMessage();
        return Printable.of(message == null ? failure.getClass().getSimpleName() : message.replaceAll("\\s+", " "));
    }

    /**
     * The header by which a request shows who sends it; empty: none.
     *
     * @param token a bearer token; null: none
     * @param user with a password: basic
     */
    static Map<String, String> authorization(
            @Nullable SecretSource token, @Nullable String user, @Nullable SecretSource password)
            throws DeliveryException {
        Map<String, String> header = new TreeMap<>();
        if (token != null) {
            header.put("Authorization", "Bearer " + read(token));
        } else if (user != null && password != null) {
            String both = user + ":" + read(password);
            header.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return header;
    }
}
