/** Queries and reports: the child JVM that answers them, and whom a command asks. */
@NullMarked
package io.risefall.app.serving;

import org.jspecify.annotations.NullMarked;
