/** Alerts as data: what the engine decides and channels deliver, by which settings, and where messages are put. */
@NullMarked
package io.risefall.query.alert.model;

import org.jspecify.annotations.NullMarked;
