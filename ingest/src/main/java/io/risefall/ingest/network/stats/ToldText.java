package io.risefall.ingest.network.stats;

import io.risefall.schemas.key.ServerName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What may be taken of the texts in an answer: whoever answers at a stats socket may write any. */
public final class ToldText {
    /** Why the state of a server is dropped. */
    public static final String UNUSABLE =
            "messages dropped: states of servers that HAProxy told with a name or status that cannot be: "
                    + "empty, too long, or with control characters";

    private static final int LONGEST_NAME = 255;
    /** {@code MAINT (via proxy/server)}. */
    private static final int LONGEST_STATUS = 600;

    private ToldText() {}

    /** Whether a proxy and a server can be called so. */
    public static boolean isName(ServerName name) {
        return isName(name.proxy()) && isName(name.server());
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.indexOf('/') < 0 && isPlain(text, LONGEST_NAME);
    }

    static boolean isStatus(String text) {
        return isPlain(text, LONGEST_STATUS);
    }

    /** An address or the name of a host; null if there is none, or it can be none. */
    static @Nullable String host(String text) {
        return text.isEmpty() || text.equals("-") || !isPlain(text, LONGEST_NAME) ? null : text;
    }

    private static boolean isPlain(String text, int longest) {
        return text.length() <= longest
                && text.getBytes(StandardCharsets.UTF_8).length <= longest
                && text.chars().noneMatch(Character::isISOControl);
    }
}
