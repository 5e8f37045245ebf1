package io.risefall.query.change;

import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Since;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Which changes are asked for.
 *
 * @param since from when
 * @param now until when
 * @param target to what; also what was done to a whole backend or node of it
 * @param zone of times in words
 */
public record ChangesRequest(Since since, Instant now, ServerTarget target, ZoneId zone) {}
