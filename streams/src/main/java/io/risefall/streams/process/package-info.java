/** The processes of a node: what lines tell of their begins and ends, and which took over from which. Pure. */
@NullMarked
package io.risefall.streams.process;

import org.jspecify.annotations.NullMarked;
