package io.risefall.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Names one line: by it records point to the lines that they follow from.
 *
 * @param source the source, as in {@link Origin#source}
 * @param position where in it, as in {@link Origin#position}
 * @param repeat the copy of an expanded {@code message repeated N times}, as in {@link Origin#repeat}
 */
public record LinePosition(
        String source,
        long position,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int repeat) {
    public static LinePosition of(Origin origin) {
        return new LinePosition(origin.source(), origin.position(), origin.repeat());
    }
}
