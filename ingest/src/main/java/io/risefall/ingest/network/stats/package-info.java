/** HAProxy's stats socket, asked by commands and by the source that follows a ring. */
@NullMarked
package io.risefall.ingest.network.stats;

import org.jspecify.annotations.NullMarked;
