/** The state of a backend, and losses that HAProxy's counts show. Pure. */
@NullMarked
package io.risefall.streams.backend;

import org.jspecify.annotations.NullMarked;
