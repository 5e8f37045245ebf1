/** Tables that are derived from others: updated after each batch, around what the batch changed. */
@NullMarked
package io.risefall.query.warehouse.derived;

import org.jspecify.annotations.NullMarked;
