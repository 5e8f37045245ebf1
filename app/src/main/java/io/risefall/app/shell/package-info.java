/** The interactive shell of {@code risefall sql}. */
@NullMarked
package io.risefall.app.shell;

import org.jspecify.annotations.NullMarked;
