package io.risefall.query.report.model;

import io.risefall.schemas.message.Health;
import java.time.Instant;

/**
 * A stretch of one state, cut to the period.
 *
 * @param someOnly down for some of the nodes that have it in service, and up for others
 */
public record StateSpan(Health state, Instant from, Instant to, String cause, boolean someOnly) {
    public StateSpan(Health state, Instant from, Instant to, String cause) {
        this(state, from, to, cause, false);
    }
}
