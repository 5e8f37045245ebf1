package io.risefall.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a line came from, so that every number can be traced to it.
 *
 * @param source the source's name: {@code file:/var/log/haproxy.log}, {@code udp:127.0.0.1:5514}, {@code stdin}
 * @param position where in it: the offset of the line's first byte in a file or journal; grows along a source
 * @param repeat for the k-th copy of an expanded {@code message repeated N times}: k, from 1; else 0
 * @param sender the peer's address for network input; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Origin(
        String source, long position, int repeat, @Nullable String sender) {}
