package io.risefall.ingest.message;

import io.risefall.schemas.message.HealthMessage;

/**
 * Parses HAProxy's messages about health. A function from a message, without its header and decoded as ISO 8859-1, to its
 * meaning: without exceptions, clock or log. The whole grammar of a sentence must match from the first
 * character to the last: a correct sentence with more text after it was not printed by HAProxy but forged in its log by
 * a client. A sentence that ends early (shortened in an article, by {@code len} of the log target, or by a tool that marks it: {@link TruncationMark}) is read
 * as far as it is certain. Source of every wording: {@code server.c}, {@code check.c}, {@code proxy.c} of HAProxy 1.4 to 3.5.
 */
public final class HealthLineParser {
    private HealthLineParser() {}

    /** What a message is. */
    public sealed interface Result {}

    /** A health line. */
    public record Parsed(HealthMessage message) implements Result {}

    /** Something else: it does not begin like a health line. */
    record NotHealth() implements Result {
        static final NotHealth INSTANCE = new NotHealth();
    }

    /**
     * Begins like a health line, but is not one.
     *
     * @param why the reason, for users
     */
    public record Rejected(String why) implements Result {}

    public static Result parse(String text) {
        Result result = unmarked(text);
        int mark = result instanceof Rejected ? TruncationMark.in(text) : -1;
        if (mark < 0 || !(unmarked(text.substring(0, mark)) instanceof Parsed beginning)) {
            return result;
        }
        HealthMessage cut = TruncationMark.with(beginning.message(), text.substring(mark));
        return cut == null ? result : new Parsed(cut);
    }

    private static Result unmarked(String text) {
        MessageCursor cursor = new MessageCursor(text);
        Result result = sentence(cursor);
        // A proxy can be called "Server" or "SIGHUP:": an address line may begin with any word.
        return result instanceof NotHealth ? AddressLine.read(new MessageCursor(text)) : result;
    }

    private static Result sentence(MessageCursor cursor) {
        return switch (cursor.next()) {
            case 'A' -> cursor.skip("Agent check for ") ? CheckLine.read(cursor, true) : NotHealth.INSTANCE;
            case 'B' -> cursor.skip("Backup Server ") ? SwitchLine.read(cursor, true) : NotHealth.INSTANCE;
            case 'C' -> ConnectLine.read(cursor);
            case 'H' -> cursor.skip("Health check for ") ? CheckLine.read(cursor, false) : NotHealth.INSTANCE;
            case 'L' -> LoadBalancingLine.read(cursor);
            case 'b', 'p' -> BackendEmptyLine.read(cursor);
            case 'E', 'P', 'R' -> ProxyLine.read(cursor);
            case 'r' -> LuaLine.read(cursor.rest());
            case 'S' -> {
                if (cursor.skip("Server ")) {
                    yield SwitchLine.read(cursor, false);
                }
                yield cursor.skip("SIGHUP") ? SnapshotLine.read(cursor) : ProxyLine.read(cursor);
            }
            default -> NotHealth.INSTANCE;
        };
    }

    /** For a sentence that continues like none of HAProxy's. */
    static Rejected stuck(MessageCursor cursor) {
        return cursor.ended()
                ? new Rejected("ends before it says what happened")
                : new Rejected("unknown wording from character " + (cursor.at() + 1) + " on");
    }
}
