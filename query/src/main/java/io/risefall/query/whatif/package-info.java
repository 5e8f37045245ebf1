/**
 * What other values of {@code fall} and {@code rise} would have changed: the logged checks of each server are replayed with
 * them. Nothing is claimed that the lines do not prove.
 */
@NullMarked
package io.risefall.query.whatif;

import org.jspecify.annotations.NullMarked;
