/** What follows from times in which Risefall itself did not listen: whom they concern, and what a later line tells of them. */
@NullMarked
package io.risefall.streams.absence;

import org.jspecify.annotations.NullMarked;
