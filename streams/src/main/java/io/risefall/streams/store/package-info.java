/** What Kafka Streams' stores hold, and in which version. */
@NullMarked
package io.risefall.streams.store;

import org.jspecify.annotations.NullMarked;
