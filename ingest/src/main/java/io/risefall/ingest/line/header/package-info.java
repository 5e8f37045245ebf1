/** What tools, log stores and {@code journalctl} put around a line of HAProxy that already had a header, or none. */
@NullMarked
package io.risefall.ingest.line.header;

import org.jspecify.annotations.NullMarked;
