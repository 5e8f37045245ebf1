/** The parts of Risefall in one process, and until when what was read can be queried. */
@NullMarked
package io.risefall.app.runtime;

import org.jspecify.annotations.NullMarked;
