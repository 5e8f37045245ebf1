/** The fast path: lines that cannot be about health are skipped without being parsed. */
@NullMarked
package io.risefall.ingest.line.skip;

import org.jspecify.annotations.NullMarked;
