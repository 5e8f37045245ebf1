/** What tools that show a log put before its lines. */
@NullMarked
package io.risefall.ingest.line.tool;

import org.jspecify.annotations.NullMarked;
