package io.risefall.schemas.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a source that hold a sentence of HAProxy about health, but behind a header that is not known, or behind the tag
 * of another program. They are no events.
 *
 * @param lines how many they are
 * @param shapes the forms of their headers, the first that came first; not more than a few
 */
public record UnknownHeaders(long lines, List<Shape> shapes) {
    /** There are none. */
    public static final UnknownHeaders NONE = new UnknownHeaders(0, List.of());

    public UnknownHeaders {
        shapes = List.copyOf(shapes);
    }

    /** Those of a position; of records of before they were counted, none. */
    public static UnknownHeaders of(@Nullable ReadPosition position) {
        return position == null || position.unknownHeaders() == null ? NONE : position.unknownHeaders();
    }

    /**
     * One form of a header.
     *
     * @param shape the header with {@code N} for every number and {@code a} for every word
     * @param lines lines behind such a header; of forms that are not kept, nothing tells
     * @param example the first of them, printable, not longer than a few hundred characters
     * @param tag the syslog tag, where the header is known and only the tag is not one of HAProxy's; else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shape(
            String shape,
            long lines,
            String example,
            @Nullable String tag) {}
}
