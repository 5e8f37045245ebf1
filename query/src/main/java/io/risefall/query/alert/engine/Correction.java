package io.risefall.query.alert.engine;

import org.jspecify.annotations.Nullable;

/**
 * What late lines tell of an outage that is over.
 *
 * @param outage its id so far
 * @param instead what it was, which may have another id; null: it was none
 */
public record Correction(String outage, @Nullable TroubleChange instead) {}
