package io.risefall.query.alert.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts to a receiver: HTTP/1.1, no redirects, a limit for the whole exchange and for the answer. Any number of threads. */
public final class HttpReceiver {
    /** Of an answer only its first words are used. */
    static final int ANSWER_BYTES = 8 * 1024;

    private final Duration timeout;
    private final @Nullable InetSocketAddress proxy;
    private final boolean linkLocal;
    private final @Nullable Path authorities;
    private @Nullable HttpClient client;

    /**
     * @param timeout for all of an exchange
     * @param proxy by which to go; null: none
     * @param linkLocal whether link-local addresses are allowed
     * @param authorities certificates of who may vouch for the receiver, as PEM; null: those of the system
     */
    public HttpReceiver(
            Duration timeout, @Nullable InetSocketAddress proxy, boolean linkLocal, @Nullable Path authorities) {
        this.timeout = timeout;
        this.proxy = proxy;
        this.linkLocal = linkLocal;
        this.authorities = authorities;
    }

    /**
     * What was answered.
     *
     * @param body its first {@value #ANSWER_BYTES} bytes
     * @param retryAfter the header of this name, if it is a number of seconds
     */
    public record Reply(int status, String body, @Nullable Duration retryAfter) {
        public boolean isOk() {
            return status / 100 == 2;
        }
    }

    /** @throws IOException with why there is no answer; the address is not in it, as it may hold a secret */
    public Reply post(URI address, Map<String, String> headers, byte[] body) throws IOException, InterruptedException {
        if (!linkLocal) {
            AddressGuard.check(address.getHost(), proxy == null);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("User-Agent", "Risefall")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client().sendAsync(request.build(), head -> new BoundedBody(ANSWER_BYTES));
        try {
            return reply(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("no answer within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw reason(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private IOException reason(Throwable failure) {
        if (failure instanceof HttpTimeoutException) {
            return new IOException("no answer within " + timeout.toSeconds() + " s", failure);
        }
        if (failure instanceof ConnectException) {
            return new IOException("cannot connect: connection refused or no route", failure);
        }
        if (failure instanceof UnresolvedAddressException) {
            return new IOException("no such host", failure);
        }
        String message = failure.getMessage();
        return new IOException(
                "the connection failed: "
                        + (message == null ? failure.getClass().getSimpleName() : message),
                failure);
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
        return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), retryAfter);
    }

    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout)
                    .proxy(proxy == null ? HttpClient.Builder.NO_PROXY : ProxySelector.of(proxy));
            if (authorities != null) {
                builder.sslContext(Authorities.context(authorities));
            }
            client = builder.build();
        }
        return client;
    }
}
