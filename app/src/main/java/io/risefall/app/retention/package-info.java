/** Sealed days: when the service writes them, what there is of them, and what goes for its age. */
@NullMarked
package io.risefall.app.retention;

import org.jspecify.annotations.NullMarked;
