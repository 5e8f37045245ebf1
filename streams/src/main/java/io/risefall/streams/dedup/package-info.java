/** Which lines tell the same, over several ways or planted. */
@NullMarked
package io.risefall.streams.dedup;

import org.jspecify.annotations.NullMarked;
