/** The terminal: messages and progress. */
@NullMarked
package io.risefall.app.terminal;

import org.jspecify.annotations.NullMarked;
