/** The one {@code main()}: commands, wiring and the embedded Kafka broker. */
@NullMarked
package io.risefall.app;

import org.jspecify.annotations.NullMarked;
