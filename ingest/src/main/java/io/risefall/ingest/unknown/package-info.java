/** Health sentences behind headers that are not known: found, told apart by shape, and counted. */
@NullMarked
package io.risefall.ingest.unknown;

import org.jspecify.annotations.NullMarked;
