package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.schemas.message.BackendEmpty;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code backend|proxy P has no server available!}; on stderr the name is in quotes. Source:
 * {@code set_backend_down()} in {@code backend.c}.
 */
final class BackendEmptyLine {
    private BackendEmptyLine() {}

    static Result read(MessageCursor cursor) {
        String proxyKind;
        if (cursor.skip("backend ")) {
            proxyKind = "backend";
        } else if (cursor.skip("proxy ")) {
            proxyKind = "proxy";
        } else {
            return NotHealth.INSTANCE;
        }
        boolean quoted = cursor.skip("'");
        String proxy = name(cursor, quoted);
        if (proxy == null || !cursor.skip(" has no ")) {
            return NotHealth.INSTANCE;
        }
        if (!cursor.skip("server")) {
            return HealthLineParser.stuck(cursor);
        }
        String rest = cursor.rest();
        Match match = cursor.literal(" available!");
        boolean cut = match == Match.CUT;
        // Only the log is cut, and there the name is not in quotes.
        if (match == Match.NO || !cut && !cursor.ended() || cut && quoted) {
            return HealthLineParser.stuck(cursor);
        }
        String form = quoted ? BackendEmpty.QUOTED : null;
        return new Parsed(new BackendEmpty(proxy, proxyKind, cut ? rest : form));
    }

    private static @Nullable String name(MessageCursor cursor, boolean quoted) {
        if (!quoted) {
            return cursor.name();
        }
        int start = cursor.at();
        if (!cursor.skipPast('\'')) {
            return null;
        }
        String name = cursor.since(start, 1);
        return MessageCursor.isName(name, 0, name.length()) ? name : null;
    }
}
