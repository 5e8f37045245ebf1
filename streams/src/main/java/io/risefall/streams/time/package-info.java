/** How far apart the times of lines may be that belong together. Knows no other package. */
@NullMarked
package io.risefall.streams.time;

import org.jspecify.annotations.NullMarked;
