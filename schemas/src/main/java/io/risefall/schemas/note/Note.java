package io.risefall.schemas.note;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.key.EpochMicros;
import io.risefall.schemas.key.HealthKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, as they noted it: {@code deploy 4.2}. The value of {@link Topics#NOTES}. Its text is anybody's.
 *
 * @param at when it was done
 * @param text what was done; neither blank nor longer than {@link #LONGEST}
 * @param node the HAProxy host that it concerns; null: all
 * @param proxy the backend; null: all
 * @param server the server; null: all of the backend
 * @param notedAt when it was noted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Note(
        Instant at,
        String text,
        @Nullable String node,
        @Nullable String proxy,
        @Nullable String server,
        Instant notedAt) {
    /** It is one line in a table, and a Kafka record has a megabyte. */
    public static final int LONGEST = 500;

    public Note {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a note needs words, such as \"deploy 4.2\"");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a note has at most " + LONGEST + " characters, not " + text.length()
                    + "; note where the rest can be read");
        }
    }

    /** The key: {@code node/time in epoch microseconds/a hash of the rest}. The same note twice is one. */
    public String key() {
        String rest = proxy + "\n" + server + "\n" + text;
        return HealthKey.escape(node == null ? "" : node) + "/" + EpochMicros.of(at) + "/"
                + UUID.nameUUIDFromBytes(rest.getBytes(StandardCharsets.UTF_8));
    }
}
