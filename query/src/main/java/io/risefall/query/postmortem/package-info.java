/** All that is known of one incident or outage, for those who look back at it. */
@NullMarked
package io.risefall.query.postmortem;

import org.jspecify.annotations.NullMarked;
