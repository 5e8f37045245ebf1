package io.risefall.ingest.message;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Result;
import io.risefall.ingest.message.MessageCursor.Match;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ProxyNotice.What;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the life of a proxy: {@code Proxy P started.}, {@code Stopping backend P in N ms.}, … Source: {@code proxy.c}. */
final class ProxyLine {
    private static final String[] KINDS = {"frontend ", "backend ", "proxy "};

    private ProxyLine() {}

    static Result read(MessageCursor cursor) {
        if (cursor.skip("Proxy ")) {
            return life(cursor);
        }
        if (cursor.skip("Stopping ")) {
            return stopping(cursor);
        }
        What what = listening(cursor);
        String kind = what == null ? null : kind(cursor);
        if (what == null || kind == null) {
            return NotHealth.INSTANCE;
        }
        String word = cursor.word();
        int last = word.length() - 1;
        return cursor.ended() && word.endsWith(".") && MessageCursor.isName(word, 0, last)
                ? new Parsed(new ProxyNotice(word.substring(0, last), what, kind, List.of(), null))
                : NotHealth.INSTANCE;
    }

    private static @Nullable What listening(MessageCursor cursor) {
        if (cursor.skip("Pausing ")) {
            return What.PAUSING;
        }
        if (cursor.skip("Paused ")) {
            return What.PAUSED;
        }
        if (cursor.skip("Enabling ")) {
            return What.ENABLING;
        }
        return cursor.skip("Resumed ") ? What.RESUMED : null;
    }

    private static @Nullable String kind(MessageCursor cursor) {
        int start = cursor.at();
        return cursor.anyOf(KINDS) == Match.YES ? cursor.since(start, 1) : null;
    }

    private static Result stopping(MessageCursor cursor) {
        String kind = kind(cursor);
        String proxy = kind == null ? null : cursor.name();
        int name = cursor.at();
        if (proxy == null || !cursor.skip(" in")) {
            return NotHealth.INSTANCE;
        }
        List<Long> numbers = new ArrayList<>();
        return ending(
                cursor, proxy, What.STOPPING, kind, null, name, numbers, numbersAndEnd(cursor, numbers, " ", " ms."));
    }

    private static Result life(MessageCursor cursor) {
        String proxy = cursor.name();
        if (proxy == null) {
            return NotHealth.INSTANCE;
        }
        int name = cursor.at();
        List<Long> numbers = new ArrayList<>();
        if (cursor.skip(" started")) {
            return ending(cursor, proxy, What.STARTED, null, null, name, numbers, cursor.literal("."));
        }
        if (cursor.skip(" hard-stopped")) {
            Match match = numbersAndEnd(cursor, numbers, " (", " remaining conns will be closed).");
            return ending(cursor, proxy, What.HARD_STOPPED, null, null, name, numbers, match);
        }
        if (!cursor.skip(" stopped")) {
            return NotHealth.INSTANCE;
        }
        boolean cumulated = cursor.stands(" (c");
        Match match = cumulated
                ? numbersAndEnd(cursor, numbers, " (cumulated conns: FE: ", ", BE: ", ").")
                : numbersAndEnd(cursor, numbers, " (FE: ", " conns, BE: ", " conns).");
        String form = cumulated ? ProxyNotice.CUMULATED : null;
        return ending(cursor, proxy, What.STOPPED, null, form, name, numbers, match);
    }

    /** Words with a number between each and the next. */
    private static Match numbersAndEnd(MessageCursor cursor, List<Long> numbers, String... words) {
        Match match = cursor.literal(words[0]);
        for (int i = 1; i < words.length && match == Match.YES; i++) {
            match = cursor.number(words[i]);
            if (match == Match.YES) {
                numbers.add(cursor.lastNumber());
            }
        }
        return match;
    }

    private static Result ending(
            MessageCursor cursor,
            String proxy,
            What what,
            @Nullable String kind,
            @Nullable String form,
            int name,
            List<Long> numbers,
            Match match) {
        if (match == Match.CUT) {
            cursor.back(name);
            return new Parsed(new ProxyNotice(proxy, what, kind, numbers, cursor.rest()));
        }
        return match == Match.YES && cursor.ended()
                ? new Parsed(new ProxyNotice(proxy, what, kind, numbers, form))
                : HealthLineParser.stuck(cursor);
    }
}
