/** The data directory: who owns it, who may read it. */
@NullMarked
package io.risefall.app.data;

import org.jspecify.annotations.NullMarked;
