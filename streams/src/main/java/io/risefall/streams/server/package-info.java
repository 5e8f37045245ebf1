/** The state of a server, and what a line changes in it. Pure. */
@NullMarked
package io.risefall.streams.server;

import org.jspecify.annotations.NullMarked;
