/** What lines lack: the user's settings, and what the source itself knows. */
@NullMarked
package io.risefall.ingest.line.context;

import org.jspecify.annotations.NullMarked;
