/** Topic to topic: turns health events into states, outages and rollups with Kafka Streams. */
@NullMarked
package io.risefall.streams;

import org.jspecify.annotations.NullMarked;
