/** Health lines without a timestamp, in a source that is read after the fact: a nearby line gives their time. */
@NullMarked
package io.risefall.ingest.line.unstamped;

import org.jspecify.annotations.NullMarked;
