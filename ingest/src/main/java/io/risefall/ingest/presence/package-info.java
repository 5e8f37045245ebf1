/** Until when Risefall has listened, so that it can say for how long nobody did. */
@NullMarked
package io.risefall.ingest.presence;

import org.jspecify.annotations.NullMarked;
