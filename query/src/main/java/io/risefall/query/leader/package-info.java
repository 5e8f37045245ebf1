/** Of several {@code serve} one leads: it alone tells people, and the others know what it has told. */
@NullMarked
package io.risefall.query.leader;

import org.jspecify.annotations.NullMarked;
