/** What streams decides: outages, state intervals, rollups, and the doubts about them. */
@NullMarked
package io.risefall.schemas.state;

import org.jspecify.annotations.NullMarked;
