/** Lines that say no time, in a source that is read after the fact: which line beside them tells when they were printed. */
@NullMarked
package io.risefall.ingest.line.unstamped;

import org.jspecify.annotations.NullMarked;
