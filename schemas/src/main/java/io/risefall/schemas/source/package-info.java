/** What ingest knows of its sources: how far each is read, what it dropped, and when it was alive. */
@NullMarked
package io.risefall.schemas.source;

import org.jspecify.annotations.NullMarked;
