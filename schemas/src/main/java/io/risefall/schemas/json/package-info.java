/** How records become JSON on a topic, and are read again. */
@NullMarked
package io.risefall.schemas.json;

import org.jspecify.annotations.NullMarked;
