/** The health event: a message, when and where it was logged, and the line it came from. */
@NullMarked
package io.risefall.schemas.event;

import org.jspecify.annotations.NullMarked;
