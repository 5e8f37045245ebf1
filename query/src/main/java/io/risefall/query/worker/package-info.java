/** Threads that do one work for as long as the process lives. */
@NullMarked
package io.risefall.query.worker;

import org.jspecify.annotations.NullMarked;
