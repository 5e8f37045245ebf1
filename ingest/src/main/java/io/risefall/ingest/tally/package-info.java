/** What became of the lines of a source: counts, clock skew, minutes of activity. */
@NullMarked
package io.risefall.ingest.tally;

import org.jspecify.annotations.NullMarked;
