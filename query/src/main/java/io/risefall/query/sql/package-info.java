/** The SQL files of this module, and what goes wrong with a query. */
@NullMarked
package io.risefall.query.sql;

import org.jspecify.annotations.NullMarked;
