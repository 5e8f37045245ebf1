/** The only processor and its parts: they read and write the stores and call the pure classes. */
@NullMarked
package io.risefall.streams.processor;

import org.jspecify.annotations.NullMarked;
