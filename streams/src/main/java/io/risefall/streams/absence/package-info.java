/** Times when Risefall itself did not listen: which entities they concern, and what a later line implies about them. */
@NullMarked
package io.risefall.streams.absence;

import org.jspecify.annotations.NullMarked;
