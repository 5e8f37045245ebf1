package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.state.StateInterval;
import org.jspecify.annotations.Nullable;

/**
 * The state before an outage that only a check line reported. HAProxy marks the server DOWN right after it, unless an operator
 * puts it in maintenance first.
 *
 * @param before the interval until then, still open; null if there was none
 * @param penalty the damping penalty until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UnconfirmedDown(@Nullable StateInterval before, Penalty penalty) {}
