/** A ring of HAProxy, followed over its stats socket: nothing sends, Risefall fetches. */
@NullMarked
package io.risefall.ingest.network.ring;

import org.jspecify.annotations.NullMarked;
