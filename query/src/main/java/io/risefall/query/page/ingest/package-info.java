/** What the pipeline itself does: sources, senders, clocks, and what was not taken. */
@NullMarked
package io.risefall.query.page.ingest;

import org.jspecify.annotations.NullMarked;
