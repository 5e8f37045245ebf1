/** Duplicates of lines over several log paths, and lines that may be forged. */
@NullMarked
package io.risefall.streams.dedup;

import org.jspecify.annotations.NullMarked;
