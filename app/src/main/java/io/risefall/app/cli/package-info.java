/** The commands. */
@NullMarked
package io.risefall.app.cli;

import org.jspecify.annotations.NullMarked;
