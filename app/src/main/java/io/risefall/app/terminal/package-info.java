/** What a person sees at a terminal while something lasts. */
@NullMarked
package io.risefall.app.terminal;

import org.jspecify.annotations.NullMarked;
