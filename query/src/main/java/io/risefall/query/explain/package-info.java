/** How a number came about: the arithmetic, and the lines of the log that made it. */
@NullMarked
package io.risefall.query.explain;

import org.jspecify.annotations.NullMarked;
