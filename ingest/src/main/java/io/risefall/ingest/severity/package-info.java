/** What the severity of a line says about its origin, and at which level each log is capped. */
@NullMarked
package io.risefall.ingest.severity;

import org.jspecify.annotations.NullMarked;
