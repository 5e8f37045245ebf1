/** When alerts open, change and close: pure, from what is wrong in the fleet and the time. */
@NullMarked
package io.risefall.query.alert.engine;

import org.jspecify.annotations.NullMarked;
