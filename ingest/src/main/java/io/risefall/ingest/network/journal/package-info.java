/** The journal of a network source on disk: every message that was taken, until it is published. */
@NullMarked
package io.risefall.ingest.network.journal;

import org.jspecify.annotations.NullMarked;
