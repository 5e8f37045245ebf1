/** Moments and durations, as numbers and in words. */
@NullMarked
package io.risefall.query.time;

import org.jspecify.annotations.NullMarked;
