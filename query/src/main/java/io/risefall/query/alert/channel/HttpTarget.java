package io.risefall.query.alert.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.alert.http.HttpReceiver;
import io.risefall.query.alert.http.HttpReceiver.Reply;
import io.risefall.query.alert.secret.SecretSource;
import io.risefall.query.text.Printable;
import io.risefall.query.text.Shortened;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where JSON is posted to: an address, which may be a secret, by which way, and what is made of the answer. */
final class HttpTarget {
    static final String DELIVERY_ID = "Risefall-Delivery-Id";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable URI plain;
    private final @Nullable SecretSource secret;
    private final HttpReceiver receiver;

    private HttpTarget(@Nullable URI plain, @Nullable SecretSource secret, HttpReceiver receiver) {
        this.plain = plain;
        this.secret = secret;
        this.receiver = receiver;
    }

    /** Whose address is a secret, as it is the right to write there. */
    static HttpTarget secret(ChannelSettings settings) {
        return new HttpTarget(null, settings.requiredSecret("url"), receiver(settings));
    }

    /**
     * Whose address can be read by anybody.
     *
     * @param usual null: it must be set
     */
    static HttpTarget plain(ChannelSettings settings, @Nullable String usual) {
        String url = usual == null ? settings.required("url", "https://host/path") : settings.text("url");
        try {
            return new HttpTarget(address(url == null ? String.valueOf(usual) : url), null, receiver(settings));
        } catch (URISyntaxException e) {
            throw new SettingException("url", "url must be an address such as https://host/path");
        }
    }

    /** One or the other. */
    static HttpTarget plainOrSecret(ChannelSettings settings) {
        if (settings.secret("url") == null) {
            return plain(settings, null);
        }
        if (settings.text("url") != null) {
            throw new SettingException("url", "give url or url-file (url-env), not both");
        }
        return secret(settings);
    }

    private static HttpReceiver receiver(ChannelSettings settings) {
        String authorities = settings.text("ca-file");
        return new HttpReceiver(
                settings.timeout(TIMEOUT),
                proxy(settings.text("proxy")),
                settings.flag("allow-link-local"),
                authorities == null ? null : Path.of(authorities));
    }

    private static @Nullable InetSocketAddress proxy(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new SettingException("proxy", "proxy must be HOST:PORT, such as proxy.example.com:3128");
        }
        return InetSocketAddress.createUnresolved(text.substring(0, colon), Integer.parseInt(port));
    }

    private static URI address(String url) throws URISyntaxException {
        URI address = new URI(url);
        String scheme = address.getScheme();
        if (address.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new URISyntaxException("", "not http");
        }
        if (address.getRawUserInfo() != null) {
            throw new SettingException("url", "url must hold no user and password: set user and password-file");
        }
        return address;
    }

    /** As people may see it. Of a secret address they see where it is kept. */
    String shown() {
        if (plain == null) {
            return "the address in " + secret;
        }
        String path = plain.getRawPath();
        return Printable.of(plain.getScheme() + "://" + plain.getRawAuthority() + (path == null ? "" : path)
                + (plain.getRawQuery() == null ? "" : "?…"));
    }

    /** Posts JSON; see {@link Channel#send}. */
    String post(String deliveryId, JsonNode json, Map<String, String> headers)
            throws DeliveryException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Content-Type", "application/json");
        all.put(DELIVERY_ID, deliveryId);
        URI address = address();
        try {
            Reply reply = receiver.post(address, all, JSON.writeValueAsBytes(json));
            String answer = "HTTP " + reply.status() + words(reply.body(), address, headers);
            if (!reply.isOk()) {
                boolean redirect = reply.status() / 100 == 3;
                throw new DeliveryException(
                        redirect ? answer + "; redirects are not followed: set the final address" : answer,
                        reply.retryAfter());
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("trees are always JSON", e);
        } catch (IOException e) {
            throw new DeliveryException(ChannelSecrets.reason(e), e);
        }
    }

    private URI address() throws DeliveryException {
        if (plain != null) {
            return plain;
        }
        SecretSource source = Objects.requireNonNull(secret);
        try {
            return address(source.read());
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Its message would have the secret.
            throw new DeliveryException("the address in " + source + " is not of the form https://host/path");
        } catch (IOException e) {
            throw new DeliveryException(ChannelSecrets.reason(e), e);
        }
    }

    /** What the receiver says, without what it may repeat of the request. */
    private String words(String body, URI address, Map<String, String> headers) {
        String said = body;
        if (plain == null) {
            said = said.replace(address.toString(), "…").replace(address.getRawPath(), "…");
            if (address.getRawQuery() != null) {
                said = said.replace(address.getRawQuery(), "…");
            }
        }
        for (String header : headers.values()) {
            said = said.replace(header, "…").replace(header.substring(header.indexOf(' ') + 1), "…");
        }
        String line = Printable.of(said.strip().replaceAll("\\s+", " "));
        return line.isEmpty() ? "" : ": " + Shortened.to(line, LONGEST_ANSWER);
    }
}
