/** The processes of a node: their starts and ends as lines show them, and which replaced which. Pure. */
@NullMarked
package io.risefall.streams.process;

import org.jspecify.annotations.NullMarked;
