/** Times as programs and people write them at the beginning of a line. */
@NullMarked
package io.risefall.ingest.line.time;

import org.jspecify.annotations.NullMarked;
