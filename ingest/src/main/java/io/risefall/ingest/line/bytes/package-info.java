/** Bytes to lines: fast search, and splitting at newlines. */
@NullMarked
package io.risefall.ingest.line.bytes;

import org.jspecify.annotations.NullMarked;
