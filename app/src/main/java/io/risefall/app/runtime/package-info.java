/** All parts in one process, and the wait until imported events can be queried. */
@NullMarked
package io.risefall.app.runtime;

import org.jspecify.annotations.NullMarked;
