/** The private tables of the warehouse: which records become which rows. */
@NullMarked
package io.risefall.query.warehouse.table;

import org.jspecify.annotations.NullMarked;
