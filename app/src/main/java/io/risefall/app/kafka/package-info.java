/** The embedded broker, its credential, and the topics of any Kafka. */
@NullMarked
package io.risefall.app.kafka;

import org.jspecify.annotations.NullMarked;
