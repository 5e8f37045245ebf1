@NullMarked
package io.risefall.ingest.unknown;

import org.jspecify.annotations.NullMarked;
