/** What is kept in Kafka Streams' stores, and in which version. */
@NullMarked
package io.risefall.streams.store;

import org.jspecify.annotations.NullMarked;
