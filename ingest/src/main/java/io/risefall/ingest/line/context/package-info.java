/** What the lines of a source do not say: user settings and what the source itself knows. */
@NullMarked
package io.risefall.ingest.line.context;

import org.jspecify.annotations.NullMarked;
