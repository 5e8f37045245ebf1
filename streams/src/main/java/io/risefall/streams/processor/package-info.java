/** The one processor: it reads and writes the stores, and asks the pure rest. */
@NullMarked
package io.risefall.streams.processor;

import org.jspecify.annotations.NullMarked;
