/** Timestamp formats that programs and people write at the beginning of a line. */
@NullMarked
package io.risefall.ingest.line.timestamp;

import org.jspecify.annotations.NullMarked;
