package io.risefall.schemas.note;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.key.HealthKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Nobody wants to be told of these servers for a while. The value of {@link Topics#SILENCES}. Names may hold the signs of a glob
 * ({@code web-*}), and have at most {@link #LONGEST_NAME} characters each. Its words are anybody's.
 *
 * @param id stays the same when it is ended early
 * @param node the HAProxy host; null: all
 * @param proxy the backend
 * @param server the server; null: all of the backend
 * @param from when it began
 * @param until its end, after {@code from}; not part of it
 * @param why neither blank nor longer than {@link Note#LONGEST}
 * @param author who made it; null: an older Risefall did not keep it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertSilence(
        String id,
        @Nullable String node,
        String proxy,
        @Nullable String server,
        Instant from,
        Instant until,
        String why,
        @Nullable String author) {
    /** One that never ends is forgotten. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** A host name has no more characters, and a name or pattern of a server needs none. */
    public static final int LONGEST_NAME = 255;

    private static final int ID_LENGTH = 8;

    public AlertSilence {
        if (why.isBlank()) {
            throw new IllegalArgumentException("a silence needs a reason, such as --why \"new disks\"");
        }
        if (why.length() > Note.LONGEST) {
            throw new IllegalArgumentException("the reason of a silence has at most " + Note.LONGEST
                    + " characters, not " + why.length() + "; note where the rest can be read");
        }
        if (Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a silence lasts at most " + LONGEST.toDays() + "d");
        }
        checkLength("backend", proxy);
        checkLength("server", server);
        checkLength("node", node);
    }

    private static void checkLength(String what, @Nullable String name) {
        if (name != null && name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the " + what + " of a silence has at most " + LONGEST_NAME
                    + " characters, not " + name.length() + "; a pattern such as web-* stands for many");
        }
    }

    /** An id that nothing has yet: eight hexadecimal digits. */
    public static String newId() {
        return UUID.randomUUID().toString().substring(0, ID_LENGTH);
    }

    /** The same, ended at a moment. */
    public AlertSilence endedAt(Instant end) {
        return new AlertSilence(id, node, proxy, server, from, end, why, author);
    }

    /** The key: {@code node/id}. */
    public String key() {
        return HealthKey.escape(node == null ? "" : node) + "/" + id;
    }
}
