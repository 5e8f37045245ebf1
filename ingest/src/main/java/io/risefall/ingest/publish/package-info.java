/** Publishes events, rejected lines and read positions to Kafka, all of a batch or none. */
@NullMarked
package io.risefall.ingest.publish;

import org.jspecify.annotations.NullMarked;
