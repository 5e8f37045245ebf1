/** Which messages alerts would have sent on the recorded past, with any settings. */
@NullMarked
package io.risefall.query.alert.backtest;

import org.jspecify.annotations.NullMarked;
