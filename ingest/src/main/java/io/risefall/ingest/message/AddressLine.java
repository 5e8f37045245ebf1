package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code P/S changed its IP from A to B by WHO.}, {@code P/S changed its FQDN from A to B by 'WHO'} and, since 3.0,
 * {@code P/S: IP changed from 'A' to 'B' by 'WHO'.} Source: {@code srv_update_addr()}, {@code srv_set_fqdn()} and
 * {@code srv_set_addr_desc()}'s callers in {@code server.c}.
 */
final class AddressLine {
    /** {@code DNS additional record} is three; other sentences are longer. */
    private static final int MAX_WORDS = 4;

    private AddressLine() {}

    static Result read(MessageCursor cursor) {
        if (!cursor.atSlashedWord()) {
            return NotHealth.INSTANCE;
        }
        String word = cursor.word();
        ServerName server = MessageCursor.serverName(word);
        if (server != null && cursor.skip(" changed its IP from ")) {
            return plain(cursor, server, "IP");
        }
        if (server != null && cursor.skip(" changed its FQDN from ")) {
            return plain(cursor, server, "FQDN");
        }
        boolean colon = word.endsWith(":");
        ServerName beforeColon = colon ? MessageCursor.serverName(word.substring(0, word.length() - 1)) : null;
        if (beforeColon != null && cursor.skip(" IP changed from '")) {
            return quoted(cursor, beforeColon, "IP");
        }
        if (beforeColon != null && cursor.skip(" port changed from '")) {
            return quoted(cursor, beforeColon, "port");
        }
        return NotHealth.INSTANCE;
    }

    private static Result plain(MessageCursor cursor, ServerName server, String what) {
        String from = cursor.word();
        String to = cursor.skip(" to ") ? cursor.word() : null;
        if (to == null || !cursor.skip(" by ")) {
            return HealthLineParser.stuck(cursor);
        }
        if (!what.equals("FQDN")) {
            String rest = cursor.rest();
            int last = rest.length() - 1;
            return rest.endsWith(".") && isUpdater(rest.substring(0, last))
                    ? new Parsed(new AddressChange(server, what, from, to, rest.substring(0, last), null))
                    : HealthLineParser.stuck(cursor);
        }
        String by = cursor.skip("'") ? upToQuote(cursor) : null;
        boolean stop = cursor.skip(".");
        return by != null && isUpdater(by) && cursor.ended()
                ? new Parsed(new AddressChange(server, what, from, to, by, stop ? AddressChange.FULL_STOP : null))
                : HealthLineParser.stuck(cursor);
    }

    private static Result quoted(MessageCursor cursor, ServerName server, String what) {
        String from = upToQuote(cursor);
        String to = from != null && cursor.skip(" to '") ? upToQuote(cursor) : null;
        int start = cursor.at();
        if (to != null && cursor.skip(", port changed from '")) {
            boolean whole = upToQuote(cursor) != null && cursor.skip(" to '") && upToQuote(cursor) != null;
            to = whole ? to : null;
        }
        String form = AddressChange.COLON + cursor.since(start);
        String by = to != null && cursor.skip(" by '") ? upToQuote(cursor) : null;
        return from != null && to != null && by != null && isUpdater(by) && cursor.skip(".") && cursor.ended()
                ? new Parsed(new AddressChange(server, what, from, to, by, form))
                : HealthLineParser.stuck(cursor);
    }

    private static @Nullable String upToQuote(MessageCursor cursor) {
        int start = cursor.at();
        return cursor.skipPast('\'') ? cursor.since(start, 1) : null;
    }

    /** {@code resolvers/nameserver}, or plain words as {@code DNS cache} and {@code stats socket command}. */
    private static boolean isUpdater(String text) {
        return MessageCursor.serverName(text) != null || isFewPlainWords(text);
    }

    private static boolean isFewPlainWords(String text) {
        int spaces = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            spaces += c == ' ' ? 1 : 0;
            if (!letter && c != ' ') {
                return false;
            }
        }
        return !text.isBlank() && spaces < MAX_WORDS;
    }
}
