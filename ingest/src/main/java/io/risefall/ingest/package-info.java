/** Bytes in, health events out: reads HAProxy's log, parses each line and publishes health events to a topic. */
@NullMarked
package io.risefall.ingest;

import org.jspecify.annotations.NullMarked;
