/** What HAProxy says of health: the grammar of its messages, read into typed records and rendered back. */
@NullMarked
package io.risefall.ingest.message;

import org.jspecify.annotations.NullMarked;
