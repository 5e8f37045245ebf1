package io.risefall.query.whatif;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer for programs.
 *
 * @param format name and version of these fields
 * @param fall the value that is tried; null: as it was
 * @param rise the value that is tried; null: as it was
 * @param all of all servers
 * @param servers of each server of the fleet that would see a difference, or had an outage
 * @param outages as each node saw them, in order of time
 */
public record WhatIf(
        String format,
        String sentence,
        @Nullable Integer fall,
        @Nullable Integer rise,
        Instant from,
        Instant to,
        FleetOutcome all,
        List<FleetOutcome> servers,
        List<Prediction> outages,
        List<String> notes) {
    static final String FORMAT = "risefall-whatif/1";
}
