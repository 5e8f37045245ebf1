package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.state.StateInterval;
import org.jspecify.annotations.Nullable;

/**
 * What was before an outage of which only a check line has told: HAProxy marks a server DOWN right behind it, unless an
 * operator puts it in maintenance first.
 *
 * @param before the state until then, as if it still went on; null before the first word
 * @param penalty the damping penalty until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UnconfirmedDown(@Nullable StateInterval before, Penalty penalty) {}
