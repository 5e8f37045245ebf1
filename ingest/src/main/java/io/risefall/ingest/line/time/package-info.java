/** Turns the timestamp of a line into an instant: supplies the year and the zone that it lacks. */
@NullMarked
package io.risefall.ingest.line.time;

import org.jspecify.annotations.NullMarked;
