/** Messages on their way: stored, sent at least once, retried, and recorded. */
@NullMarked
package io.risefall.query.alert.delivery;

import org.jspecify.annotations.NullMarked;
