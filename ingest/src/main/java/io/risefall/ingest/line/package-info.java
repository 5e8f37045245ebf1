/** One line: its header, time, node and message. */
@NullMarked
package io.risefall.ingest.line;

import org.jspecify.annotations.NullMarked;
