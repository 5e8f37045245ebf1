/** HAProxy's messages about health: their grammar, parsed into typed records. */
@NullMarked
package io.risefall.ingest.message;

import org.jspecify.annotations.NullMarked;
