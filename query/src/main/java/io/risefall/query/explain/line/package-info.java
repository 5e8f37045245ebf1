/** The lines of the log behind an outage or a change of state. */
@NullMarked
package io.risefall.query.explain.line;

import org.jspecify.annotations.NullMarked;
