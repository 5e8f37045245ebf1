/** What the severity of a line tells of its message, and what is known of the level at which a log is capped. */
@NullMarked
package io.risefall.ingest.level;

import org.jspecify.annotations.NullMarked;
