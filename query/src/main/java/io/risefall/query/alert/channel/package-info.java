/** Where alerts and reports are sent to: one class for each kind of receiver. */
@NullMarked
package io.risefall.query.alert.channel;

import org.jspecify.annotations.NullMarked;
