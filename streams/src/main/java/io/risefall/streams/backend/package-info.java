/** The state of a backend, and what HAProxy's counts tell of lines that are missing. Pure. */
@NullMarked
package io.risefall.streams.backend;

import org.jspecify.annotations.NullMarked;
