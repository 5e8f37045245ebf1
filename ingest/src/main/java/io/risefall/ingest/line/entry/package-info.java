/** Entries of a journal that stand on several lines. */
@NullMarked
package io.risefall.ingest.line.entry;

import org.jspecify.annotations.NullMarked;
