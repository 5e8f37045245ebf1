/** When each listener was last listening, kept on disk, so that the next start knows the length of the gap. */
@NullMarked
package io.risefall.ingest.heartbeat;

import org.jspecify.annotations.NullMarked;
