/** Health sentences after unknown headers: found, told apart by shape, and counted. */
@NullMarked
package io.risefall.ingest.unknown;

import org.jspecify.annotations.NullMarked;
