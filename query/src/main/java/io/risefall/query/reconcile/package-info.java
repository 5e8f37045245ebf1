/** Risefall's states, outages and down time beside HAProxy's own counters. */
@NullMarked
package io.risefall.query.reconcile;

import org.jspecify.annotations.NullMarked;
