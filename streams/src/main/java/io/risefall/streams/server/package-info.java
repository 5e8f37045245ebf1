/** The state of a server, and how inputs change it. Pure. */
@NullMarked
package io.risefall.streams.server;

import org.jspecify.annotations.NullMarked;
