/** One line: its header, its time, its node, and what it says. */
@NullMarked
package io.risefall.ingest.line;

import org.jspecify.annotations.NullMarked;
