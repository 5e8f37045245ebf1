/** Alerts as they happen: what is wrong is read from the warehouse, and what follows is stored there. */
@NullMarked
package io.risefall.query.alert.watch;

import org.jspecify.annotations.NullMarked;
