/** What stops reading. */
@NullMarked
package io.risefall.ingest.failure;

import org.jspecify.annotations.NullMarked;
