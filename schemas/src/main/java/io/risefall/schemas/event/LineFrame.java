package io.risefall.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.HealthMessage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line without the message in it: that is in the event already.
 *
 * @param before what stands before the message, mostly the header; null if {@code whole} is there
 * @param after what stands after it; null if nothing does
 * @param whole the whole line, if the message does not stand in it as HAProxy printed it: it is escaped, or a character
 *     begins in it and ends outside; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LineFrame(
        @Nullable String before,
        @Nullable String after,
        @Nullable String whole) {
    public LineFrame {
        if ((before == null) == (whole == null)) {
            throw new IllegalArgumentException("a line has either a part before its message or is kept as a whole");
        }
    }

    /**
     * The frame in which {@code line} has a message.
     *
     * @param text {@link HealthMessage#text}
     */
    public static LineFrame of(String line, String text) {
        String inLine = decoded(text);
        int at = line.lastIndexOf(inLine);
        if (at < 0) {
            return new LineFrame(null, null, line);
        }
        int end = at + inLine.length();
        return new LineFrame(line.substring(0, at), end == line.length() ? null : line.substring(end), null);
    }

    /** The whole line with this message in it. */
    public String line(String text) {
        if (before == null) {
            return header();
        }
        return after == null ? before + decoded(text) : before + decoded(text) + after;
    }

    /** Where the header is: what stands before the message, else the whole line. */
    public String header() {
        return before == null ? Objects.requireNonNull(whole) : before;
    }

    /** A line is decoded as UTF-8, a message by one character for each byte. */
    private static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (byte b : bytes) {
            if (b < 0) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return text;
    }
}
