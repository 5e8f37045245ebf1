/** What of the warehouse is history that other engines may rely on, table by table; the files of its days, and days whose rows have left for them. */
@NullMarked
package io.risefall.query.warehouse.facts;

import org.jspecify.annotations.NullMarked;
