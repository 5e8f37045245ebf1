/** Whether the service lives and is ready: probes, each of one thing, and the two pages that tell. */
@NullMarked
package io.risefall.query.health;

import org.jspecify.annotations.NullMarked;
