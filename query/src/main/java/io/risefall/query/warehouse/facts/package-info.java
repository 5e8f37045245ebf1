/** What of the warehouse is history that other engines may rely on, table by table. */
@NullMarked
package io.risefall.query.warehouse.facts;

import org.jspecify.annotations.NullMarked;
