/** Why servers are down: the likely cause of each outage, what speaks for and against it, and what to do. */
@NullMarked
package io.risefall.query.diagnose;

import org.jspecify.annotations.NullMarked;
