package io.risefall.query.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes back to a client.
 *
 * @param body where it is short; empty where {@code spool} has it
 * @param feed what it goes on with, for an answer without end
 * @param rest what follows {@code body}, for an answer that is begun before it is known to its end
 * @param headers further ones
 */
public record Answer(
        int status,
        String contentType,
        byte[] body,
        @Nullable Spool spool,
        @Nullable EventFeed feed,
        @Nullable CompletionStage<Rest> rest,
        Map<String, String> headers) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** What sends events to a client until it goes: the body of a {@code text/event-stream}. Any thread. */
    public interface EventFeed {
        /**
         * Begins to send.
         *
         * @param client takes the data of one event, one line; what it cannot take at once it leaves out
         * @return ends it
         */
        AutoCloseable listen(Consumer<String> client);
    }

    /**
     * The end of an answer.
     *
     * @param whole whether nothing is missing; otherwise the connection is closed without the end that HTTP has for an answer, so
     *     that no client takes it for one
     */
    public record Rest(byte[] bytes, boolean whole) {}

    /** Writes an answer. */
    public interface Body {
        void write(Spool out) throws Exception;
    }

    public static Answer of(String contentType, byte[] body) {
        return new Answer(200, contentType, body, null, null, null, Map.of());
    }

    /** One line that says why there is nothing else. */
    public static Answer text(int status, String why) {
        return new Answer(status, TEXT, why.getBytes(StandardCharsets.UTF_8), null, null, null, Map.of());
    }

    /** 503: it is worth to ask again, later. */
    public static Answer busy(String why, Duration retryAfter) {
        return new Answer(
                503,
                TEXT,
                why.getBytes(StandardCharsets.UTF_8),
                null,
                null,
                null,
                Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }

    /** What {@code body} writes, all of it before the first byte is sent: what fails on the way can still say so. */
    public static Answer written(String contentType, Path folder, long limit, Body body) throws Exception {
        Spool spool = new Spool(folder, limit);
        try {
            body.write(spool);
            spool.finish();
        } catch (Exception | Error e) {
            spool.discard();
            throw e;
        }
        return spool.file() == null
                ? of(contentType, spool.bytes())
                : new Answer(200, contentType, new byte[0], spool, null, null, Map.of());
    }

    /** Events, until the client goes. */
    public static Answer events(EventFeed feed) {
        return new Answer(200, "text/event-stream", new byte[0], null, feed, null, Map.of());
    }

    /**
     * What is sent at once, and goes on with {@code rest} when that is there: by then its status is told, so that nothing but a
     * failure of the service may be left to find out. {@code rest} never fails.
     */
    public static Answer begun(String contentType, byte[] beginning, CompletionStage<Rest> rest) {
        return new Answer(200, contentType, beginning, null, null, rest, Map.of());
    }

    /** This in one piece, now that its end is there: for clients that cannot be sent two. */
    Answer ended(Rest end) {
        byte[] all = Arrays.copyOf(body, body.length + end.bytes().length);
        System.arraycopy(end.bytes(), 0, all, body.length, end.bytes().length);
        return new Answer(end.whole() ? status : 500, contentType, all, null, null, null, headers);
    }

    /** This, with another status. */
    public Answer with(int otherStatus) {
        return new Answer(otherStatus, contentType, body, spool, feed, rest, headers);
    }

    /** This, with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, spool, feed, rest, more);
    }

    long size() {
        return spool == null ? body.length : spool.size();
    }

    /** Frees what it holds; for those that are not sent. */
    void discard() {
        if (spool != null) {
            spool.discard();
        }
    }
}
