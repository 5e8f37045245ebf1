/** A node: its processes, and when its last line arrived. */
@NullMarked
package io.risefall.streams.node;

import org.jspecify.annotations.NullMarked;
