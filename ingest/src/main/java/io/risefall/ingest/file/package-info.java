/** Log files: followed over rotations, or read once. */
@NullMarked
package io.risefall.ingest.file;

import org.jspecify.annotations.NullMarked;
